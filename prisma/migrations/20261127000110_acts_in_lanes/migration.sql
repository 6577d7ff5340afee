-- How far an act has come is known by each of the lanes that work on it.
alter table triage_act drop column reached;
