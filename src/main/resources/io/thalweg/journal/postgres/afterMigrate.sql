-- What a node's role may do at run time: no DDL. Runs at each start with migrations on.
grant usage on schema ${schema} to ${role};
grant select, update on ${schema}.shards to ${role};
grant select, insert, update on ${schema}.keys to ${role};
grant select, insert, delete on ${schema}.events to ${role};
grant select, insert, update, delete on ${schema}.snapshots to ${role};
grant select, insert, delete on ${schema}.deadlines to ${role};
grant select, insert, update on ${schema}.queue_heads to ${role};
grant select, insert, update on ${schema}.queue_told to ${role};
grant select, insert, delete on ${schema}.queued to ${role};
grant select on ${schema}.schema_history to ${role};
revoke execute on all functions in schema ${schema} from public;
grant execute on all functions in schema ${schema} to ${role};
