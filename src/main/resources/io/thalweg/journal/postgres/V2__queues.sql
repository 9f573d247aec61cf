-- Queues of results that are to be told elsewhere: what an event caused waits there from its commit on.

-- The highest number given in a queue of a shard. Who gives the next one holds the row until its commit is done, so that
-- numbers become visible in their order.
create table ${schema}.queue_heads (
  queue text collate "C" not null,
  shard int not null,
  head bigint not null,
  primary key (queue, shard)
) with (fillfactor = 50);

-- Up to which number all was told, or given up; how many were given up.
create table ${schema}.queue_told (
  queue text collate "C" not null,
  shard int not null,
  told bigint not null,
  lost bigint not null default 0,
  primary key (queue, shard)
) with (fillfactor = 50);

-- What waits. Rows live for moments, so that there is always something to clean up.
create table ${schema}.queued (
  queue text collate "C" not null,
  shard int not null,
  number bigint not null,
  row bytea not null,
  primary key (queue, shard, number)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 50000, autovacuum_vacuum_insert_scale_factor = 1);
alter table ${schema}.queued alter column row set storage external;

-- The function flush, and beside it what its events put into queues: arrays with an element for each row, in the order in
-- which they are to be numbered. What flush refuses does not come into a queue.
create function ${schema}.flush_queued(
  caller text,
  shard_numbers int[], shard_epochs bigint[],
  lookup_ids text[], lookup_shards int[], lookup_firsts bigint[],
  new_ids text[], new_shards int[],
  event_ids text[], event_numbers bigint[], event_shards int[], event_epochs bigint[],
  event_rows bytea[],
  other_kinds int[], other_ids text[], other_shards int[],
  other_as bigint[], other_bs bigint[], other_cs bigint[], other_ds bigint[], other_rows bytea[],
  snapshots_kept int,
  queue_names text[], queue_shards int[], queue_ids text[], queue_rows bytea[])
returns table (refusal int, id text, number bigint, owner text)
language plpgsql volatile as $$
declare
  lost int[] := '{}';
  refused text[] := '{}';
begin
  for refusal, id, number, owner in
    select f.refusal, f.id, f.number, f.owner
    from ${schema}.flush(
      caller, shard_numbers, shard_epochs, lookup_ids, lookup_shards, lookup_firsts, new_ids, new_shards,
      event_ids, event_numbers, event_shards, event_epochs, event_rows,
      other_kinds, other_ids, other_shards, other_as, other_bs, other_cs, other_ds, other_rows, snapshots_kept) f
  loop
    if refusal = 1 then
      lost := lost || number::int;
    else
      refused := refused || id;
    end if;
    return next;
  end loop;

  with taken as (
    select q.name, q.shard, q.content,
      row_number() over (partition by q.name, q.shard order by q.place) as nth,
      count(*) over (partition by q.name, q.shard) as many
    from unnest(queue_names, queue_shards, queue_ids, queue_rows) with ordinality
      q(name, shard, id, content, place)
    where q.shard <> all (lost) and q.id <> all (refused)),
  heads as (
    insert into ${schema}.queue_heads as h (queue, shard, head)
    select t.name, t.shard, t.many from taken t where t.nth = 1 order by t.name, t.shard
    on conflict (queue, shard) do update set head = h.head + excluded.head
    returning h.queue, h.shard, h.head)
  insert into ${schema}.queued (queue, shard, number, row)
  select t.name, t.shard, h.head - t.many + t.nth, t.content
  from taken t join heads h on h.queue = t.name and h.shard = t.shard;
end
$$;
