-- The journal. Everything that a node does at run time it does through these tables and the function
-- below, with the rights that afterMigrate.sql grants.

-- Which node owns a shard of keys. Each claim raises the epoch; a flush commits only the events of
-- shards whose owner and epoch it names, and holds their rows FOR SHARE while it does.
create table ${schema}.shards (
  shard int primary key,
  owner text,
  node text,
  epoch bigint not null default 0,
  claimed_at timestamptz
);

insert into ${schema}.shards (shard) select generate_series(0, ${shards} - 1);

-- The ids of which there are events or snapshots, in the order of their UTF-8 bytes. Events up to
-- deleted_to were deleted on purpose; their numbers stay taken.
create table ${schema}.keys (
  persistence_id text collate "C" primary key,
  shard int not null,
  deleted_to bigint not null default 0
);

-- EXTERNAL: rows are packed numbers that don't compress.
create table ${schema}.events (
  persistence_id text collate "C" not null,
  sequence_nr bigint not null,
  shard int not null,
  epoch bigint not null,
  row bytea not null,
  primary key (persistence_id, sequence_nr)
);
alter table ${schema}.events alter column row set storage external;

create table ${schema}.snapshots (
  persistence_id text collate "C" not null,
  sequence_nr bigint not null,
  timestamp_ms bigint not null,
  shard int not null,
  epoch bigint not null,
  row bytea not null,
  primary key (persistence_id, sequence_nr)
);
alter table ${schema}.snapshots alter column row set storage external;

-- When keys are to be looked at, nanoseconds since 1970.
create table ${schema}.deadlines (
  at_nanos bigint not null,
  persistence_id text collate "C" not null,
  shard int not null,
  primary key (at_nanos, persistence_id)
);

-- Commits what many keys want stored. Arrays of one group have one element for each thing of a kind:
--   shard_*     the shards concerned, ascending, each with the epoch under which the caller owns it
--   lookup_*    ids whose highest number the caller does not know, and the first number to be written
--   new_*       ids of which the first event is written
--   event_*     the events
--   other_*     by other_kind: 1 deadline (a: when), 2 snapshot (a: number, b: time), 3 deletion of
--               events (a: up to), 4 deletion of snapshots (numbers from a to b, times from c to d),
--               5 deletion of a deadline (a: when; whoever owns the shard)
-- Returns what it refused, and does the rest:
--   1  everything of a shard (number), which belongs to another owner at a node (text)
--   2  everything of an id (text): its highest number is another (number)
--   3  everything of an id (text): events end at a number, before its newest snapshot
-- At READ COMMITTED, statements of a volatile function see what was committed before they began: what is read after the
-- shards are locked is what their last owner left.
create function ${schema}.flush(
  caller text,
  shard_numbers int[], shard_epochs bigint[],
  lookup_ids text[], lookup_shards int[], lookup_firsts bigint[],
  new_ids text[], new_shards int[],
  event_ids text[], event_numbers bigint[], event_shards int[], event_epochs bigint[],
  event_rows bytea[],
  other_kinds int[], other_ids text[], other_shards int[],
  other_as bigint[], other_bs bigint[], other_cs bigint[], other_ds bigint[], other_rows bytea[],
  snapshots_kept int)
returns table (refusal int, id text, number bigint, owner text)
language plpgsql volatile as $$
declare
  owned int[];
  refused text[] := '{}';
  partly boolean;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise 'flush needs the isolation level read committed';
  end if;

  owned := array(
    select s.shard
    from ${schema}.shards s
    join unnest(shard_numbers, shard_epochs) w(shard, epoch) on w.shard = s.shard
    where s.owner = caller and s.epoch = w.epoch
    order by s.shard
    for share of s);
  partly := cardinality(owned) < cardinality(shard_numbers);
  if partly then
    return query
      select 1, s.node, s.shard::bigint, s.owner
      from ${schema}.shards s
      where s.shard = any (shard_numbers) and s.shard <> all (owned);
  end if;

  if cardinality(lookup_ids) > 0 then
    for refusal, id, number in
      select case when h.highest < h.snapshot then 3 else 2 end, h.id, h.highest
      from (
        select l.id, l.first,
          greatest(
            coalesce((select max(e.sequence_nr) from ${schema}.events e
                      where e.persistence_id = l.id), 0),
            coalesce((select k.deleted_to from ${schema}.keys k
                      where k.persistence_id = l.id), 0)) highest,
          coalesce((select max(s.sequence_nr) from ${schema}.snapshots s
                    where s.persistence_id = l.id), 0) snapshot
        from unnest(lookup_ids, lookup_shards, lookup_firsts) l(id, shard, first)
        where l.shard = any (owned)) h
      where h.highest + 1 <> h.first or h.highest < h.snapshot
    loop
      refused := refused || id;
      owner := null;
      return next;
    end loop;
    partly := partly or cardinality(refused) > 0;
  end if;

  insert into ${schema}.keys (persistence_id, shard)
  select n.id, n.shard
  from unnest(new_ids, new_shards) n(id, shard)
  where not partly or (n.shard = any (owned) and n.id <> all (refused))
  on conflict do nothing;

  insert into ${schema}.events (persistence_id, sequence_nr, shard, epoch, row)
  select e.id, e.number, e.shard, e.epoch, e.row
  from unnest(event_ids, event_numbers, event_shards, event_epochs, event_rows)
    e(id, number, shard, epoch, row)
  where not partly or (e.shard = any (owned) and e.id <> all (refused));

  if cardinality(other_kinds) > 0 then
    insert into ${schema}.deadlines (at_nanos, persistence_id, shard)
    select o.a, o.id, o.shard
    from unnest(other_kinds, other_ids, other_shards, other_as) o(kind, id, shard, a)
    where o.kind = 1 and o.shard = any (owned) and o.id <> all (refused)
    on conflict do nothing;

    if 2 = any (other_kinds) then
      insert into ${schema}.keys (persistence_id, shard)
      select o.id, o.shard
      from unnest(other_kinds, other_ids, other_shards) o(kind, id, shard)
      where o.kind = 2 and o.shard = any (owned)
      on conflict do nothing;

      insert into ${schema}.snapshots as s
        (persistence_id, sequence_nr, timestamp_ms, shard, epoch, row)
      select o.id, o.a, o.b, o.shard, w.epoch, o.row
      from unnest(other_kinds, other_ids, other_shards, other_as, other_bs, other_rows)
        o(kind, id, shard, a, b, row)
      join unnest(shard_numbers, shard_epochs) w(shard, epoch) on w.shard = o.shard
      where o.kind = 2 and o.shard = any (owned)
      on conflict (persistence_id, sequence_nr) do update
        set timestamp_ms = excluded.timestamp_ms, epoch = excluded.epoch, row = excluded.row;

      delete from ${schema}.snapshots s
      using unnest(other_kinds, other_ids, other_shards) o(kind, id, shard)
      where o.kind = 2 and o.shard = any (owned) and s.persistence_id = o.id
        and s.sequence_nr < (
          select min(newest.sequence_nr)
          from (select k.sequence_nr from ${schema}.snapshots k
                where k.persistence_id = o.id
                order by k.sequence_nr desc limit snapshots_kept) newest);
    end if;

    if 3 = any (other_kinds) then
      update ${schema}.keys k
      set deleted_to = least(o.a, (select max(e.sequence_nr) from ${schema}.events e
                                   where e.persistence_id = o.id))
      from unnest(other_kinds, other_ids, other_shards, other_as) o(kind, id, shard, a)
      where o.kind = 3 and o.shard = any (owned) and k.persistence_id = o.id
        and least(o.a, coalesce((select max(e.sequence_nr) from ${schema}.events e
                                 where e.persistence_id = o.id), 0)) > k.deleted_to;

      delete from ${schema}.events e
      using unnest(other_kinds, other_ids, other_shards, other_as) o(kind, id, shard, a),
        ${schema}.keys k
      where o.kind = 3 and o.shard = any (owned) and k.persistence_id = o.id
        and e.persistence_id = o.id and e.sequence_nr <= o.a and e.sequence_nr <= k.deleted_to;
    end if;

    if 4 = any (other_kinds) then
      delete from ${schema}.snapshots s
      using unnest(other_kinds, other_ids, other_shards, other_as, other_bs, other_cs, other_ds)
        o(kind, id, shard, a, b, c, d)
      where o.kind = 4 and o.shard = any (owned) and s.persistence_id = o.id
        and s.sequence_nr between o.a and o.b and s.timestamp_ms between o.c and o.d;
    end if;

    if 5 = any (other_kinds) then
      delete from ${schema}.deadlines t
      using unnest(other_kinds, other_ids, other_as) o(kind, id, a)
      where o.kind = 5 and t.at_nanos = o.a and t.persistence_id = o.id;
    end if;
  end if;
end
$$;
