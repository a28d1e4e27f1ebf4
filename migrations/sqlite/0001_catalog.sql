-- The catalogue: tenants, their charts and versions, provenance files, and the intents from which a broken-off change is repaired.
-- Text compares bytewise (SQLite's own BINARY collation). Times are RFC 3339 in UTC with milliseconds.

create table tenants (
  name text not null primary key,
  revision integer not null,
  changed_at text not null
) strict;

create table charts (
  tenant text not null references tenants (name),
  name text not null,
  revision integer not null,
  versions integer not null,
  primary key (tenant, name)
) strict;

-- What changed since a revision is asked for before each answer of the index.
create index charts_by_revision on charts (tenant, revision);

create table versions (
  tenant text not null,
  file_name text not null,
  chart text not null,
  version text not null,
  size integer not null,
  digest text not null,
  created_at text not null,
  entry_yaml text not null,
  entry_json text not null,
  primary key (tenant, file_name),
  unique (tenant, chart, version),
  foreign key (tenant, chart) references charts (tenant, name)
) strict;

create table provenances (
  tenant text not null references tenants (name),
  file_name text not null,
  size integer not null,
  digest text not null,
  created_at text not null,
  primary key (tenant, file_name)
) strict;

create table intents (
  tenant text not null,
  file_name text not null,
  action text not null check (action in ('put', 'delete')),
  owner text not null,
  created_at text not null,
  primary key (tenant, file_name)
) strict;
