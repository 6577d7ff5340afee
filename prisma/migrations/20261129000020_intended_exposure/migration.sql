-- What acceptances mean by exposures that are wanted. A mark is in force while its finding is accepted by the very act that
-- made it, `marked_at` being the time of that act: whatever ends, renews or undoes the acceptance needs to know nothing of it.
-- Findings go by the million and their numbers never come back, so that no key of another table looks after these rows.
create table intended_exposure (
  finding_id bigint         not null,
  marked_at  timestamptz(3) not null,
  -- Ids of people.
  marked_by  text           not null,
  owner      text           not null,
  reason     text           not null,
  until      timestamptz(3) not null,
  -- Exactly the addresses that may call, as blocks of each family.
  extent     jsonb          not null,
  -- When its end came, or when more addresses could call than these, and which.
  ended_at   timestamptz(3),
  widened_at timestamptz(3),
  widened    text,
  primary key (finding_id, marked_at)
);
