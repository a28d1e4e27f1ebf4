-- Which bytes a record is about, by the backend's own mark of them ('' when it is not known): what differs in the store was changed by hand.
alter table versions add column etag text not null default '';
alter table provenances add column etag text not null default '';

-- Files of the store that are no charts, so that they are read and told of once. One that is refused only because its version is published
-- under another file name has chart and version: it is read again when that is gone.
create table refusals (
  tenant text not null,
  file_name text not null,
  etag text not null,
  reason text not null,
  chart text,
  version text,
  primary key (tenant, file_name)
) strict;
