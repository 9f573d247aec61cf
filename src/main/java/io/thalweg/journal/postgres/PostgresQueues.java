package io.thalweg.journal.postgres;

import io.thalweg.journal.StoredQueues;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.postgresql.PGConnection;

/** Queues in the database. Each call is one statement, which commits by itself. */
final class PostgresQueues implements StoredQueues {

  /** What is done with a connection. */
  @FunctionalInterface
  interface Use<T> {
    T apply(Connection connection) throws SQLException;
  }

  /** Where connections are used. */
  @FunctionalInterface
  interface Connections {
    <T> CompletionStage<T> use(Use<T> use);
  }

  private final Connections connections;
  private final String places;
  private final String read;
  private final String told;
  private final String delete;
  private final String writers;
  private final String names;

  PostgresQueues(String schema, Connections connections) {
    this.connections = connections;
    places =
        """
        select h.shard, h.head, coalesce(t.told, 0), coalesce(t.lost, 0)
        from %1$s.queue_heads h
        left join %1$s.queue_told t on t.queue = h.queue and t.shard = h.shard
        where h.queue = ? order by h.shard
        """
            .formatted(schema);
    read =
        """
        select r.shard, r.number, r.row
        from unnest(?::int[], ?::bigint[]) p(shard, after)
        cross join lateral (
          select q.shard, q.number, q.row from %1$s.queued q
          where q.queue = ? and q.shard = p.shard and q.number > p.after
          order by q.number limit ?) r
        order by r.shard, r.number
        """
            .formatted(schema);
    told =
        """
        insert into %1$s.queue_told as t (queue, shard, told, lost)
        select ?, p.shard, p.told, p.lost
        from unnest(?::int[], ?::bigint[], ?::bigint[]) p(shard, told, lost) order by p.shard
        on conflict (queue, shard) do update
          set told = greatest(t.told, excluded.told), lost = t.lost + excluded.lost
        """
            .formatted(schema);
    delete =
        """
        delete from %1$s.queued q
        using unnest(?::int[], ?::bigint[]) p(shard, up_to)
        where q.queue = ? and q.shard = p.shard and q.number <= p.up_to
        """
            .formatted(schema);
    writers = "select shard, node from %1$s.shards where node is not null".formatted(schema);
    names = "select distinct queue from %1$s.queue_heads order by queue".formatted(schema);
  }

  @Override
  public CompletionStage<List<Place>> places(String queue) {
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(places)) {
            statement.setString(1, queue);
            return rows(
                statement,
                row -> new Place(row.getInt(1), row.getLong(2), row.getLong(3), row.getLong(4)));
          }
        });
  }

  @Override
  public CompletionStage<List<Waiting>> read(String queue, Map<Integer, Long> after, int limit) {
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(read)) {
            setPlaces(connection, statement, after);
            statement.setString(3, queue);
            statement.setInt(4, limit);
            return rows(
                statement, row -> new Waiting(row.getInt(1), row.getLong(2), row.getBytes(3)));
          }
        });
  }

  @Override
  public CompletionStage<Boolean> told(String queue, List<Told> places) {
    List<Told> sorted = places.stream().sorted(Comparator.comparingInt(Told::shard)).toList();
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(told)) {
            PGConnection arrays = connection.unwrap(PGConnection.class);
            statement.setString(1, queue);
            statement.setArray(
                2, arrays.createArrayOf("int4", sorted.stream().mapToInt(Told::shard).toArray()));
            statement.setArray(
                3, arrays.createArrayOf("int8", sorted.stream().mapToLong(Told::upTo).toArray()));
            statement.setArray(
                4, arrays.createArrayOf("int8", sorted.stream().mapToLong(Told::lost).toArray()));
            return statement.executeUpdate() == sorted.size();
          }
        });
  }

  @Override
  public CompletionStage<Boolean> delete(String queue, List<Done> rows) {
    Map<Integer, Long> upTo = new LinkedHashMap<>();
    rows.forEach(done -> upTo.put(done.shard(), done.upTo()));
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(delete)) {
            setPlaces(connection, statement, upTo);
            statement.setString(3, queue);
            return statement.executeUpdate() > 0;
          }
        });
  }

  @Override
  public CompletionStage<Map<Integer, String>> writers() {
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(writers);
              ResultSet rows = statement.executeQuery()) {
            Map<Integer, String> found = new LinkedHashMap<>();
            while (rows.next()) {
              found.put(rows.getInt(1), rows.getString(2));
            }
            return found;
          }
        });
  }

  @Override
  public CompletionStage<List<String>> names() {
    return connections.use(
        connection -> {
          try (PreparedStatement statement = connection.prepareStatement(names)) {
            return rows(statement, row -> row.getString(1));
          }
        });
  }

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  private static <T> List<T> rows(PreparedStatement statement, Reading<T> reading)
      throws SQLException {
    try (ResultSet rows = statement.executeQuery()) {
      List<T> read = new ArrayList<>();
      while (rows.next()) {
        read.add(reading.read(rows));
      }
      return read;
    }
  }

  /** As the first two parameters. */
  private static void setPlaces(
      Connection connection, PreparedStatement statement, Map<Integer, Long> places)
      throws SQLException {
    int[] shards = new int[places.size()];
    long[] numbers = new long[places.size()];
    int i = 0;
    for (Map.Entry<Integer, Long> place : places.entrySet()) {
      shards[i] = place.getKey();
      numbers[i++] = place.getValue();
    }
    PGConnection arrays = connection.unwrap(PGConnection.class);
    statement.setArray(1, arrays.createArrayOf("int4", shards));
    statement.setArray(2, arrays.createArrayOf("int8", numbers));
  }
}
