-- What an image says of itself, its layers among it, and how sure the inventory is of a package that it had to guess. Images with
-- the same packages are still different images, so the facts stand with the resource and not with the inventory.
alter table resource add column image jsonb;
alter table inventory_package add column confidence text check (confidence in ('medium', 'low'));
