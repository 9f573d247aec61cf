package io.thalweg.journal.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Connections to a {@link SimulatedDatabase}, as far as the store uses JDBC: it runs as it is, and
 * each of its statements passes a {@link Line} on which it can get lost.
 */
public final class SimulatedConnections extends HikariDataSource {

  /** The way to the database and back. */
  public interface Line {

    /** Something to be done there, at one time. */
    interface Work {
      List<Object[]> run() throws SQLException;
    }

    /** Does it, or does not, or does it and fails; or does it later. */
    List<Object[]> pass(String what, Work work) throws SQLException;
  }

  private final SimulatedDatabase database;
  private final Line line;

  SimulatedConnections(SimulatedDatabase database, Line line) {
    this.database = database;
    this.line = line;
  }

  @Override
  public Connection getConnection() {
    return proxy(
        Connection.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "prepareStatement" -> prepared((String) arguments[0]);
              case "createStatement" -> statement();
              case "unwrap" -> arrays();
              case "close" -> null;
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  @Override
  public void evictConnection(Connection connection) {}

  @Override
  public void close() {}

  private static PGConnection arrays() {
    return proxy(
        PGConnection.class,
        (self, method, arguments) -> array(Objects.requireNonNull(arguments[1])));
  }

  private Statement statement() {
    return proxy(
        Statement.class,
        (self, method, arguments) ->
            method.getName().equals("executeQuery")
                ? results(line.pass("look", () -> List.<Object[]>of(new Object[] {"off"})))
                : null);
  }

  private PreparedStatement prepared(String sql) {
    Object[] arguments = new Object[22];
    return proxy(
        PreparedStatement.class,
        (self, method, given) -> {
          switch (method.getName()) {
            case "setArray" -> arguments[(int) given[0] - 1] = ((Array) given[1]).getArray();
            case "executeQuery" -> {
              return results(query(sql, arguments));
            }
            case "executeUpdate" -> {
              return ((Boolean) claim(arguments).getFirst()[0]) ? 1 : 0;
            }
            case "close" -> {}
            default -> arguments[(int) given[0] - 1] = given[1]; // setString, setInt, setLong
          }
          return null;
        });
  }

  private List<Object[]> claim(Object[] a) throws SQLException {
    return line.pass(
        "claim",
        () ->
            List.<Object[]>of(
                new Object[] {
                  database.claim((int) a[2], (long) a[3], (String) a[0], (String) a[1])
                }));
  }

  private List<Object[]> query(String sql, Object[] a) throws SQLException {
    if (sql.contains(".flush(")) {
      return line.pass("flush", () -> database.flush(a));
    }
    if (sql.contains(".shards")) {
      return line.pass("owner", () -> owner((int) a[0]));
    }
    String id = (String) a[0];
    if (sql.contains("array(")) {
      return line.pass("record", () -> database.record(id));
    }
    if (sql.contains("coalesce(")) {
      return line.pass("extent", () -> database.extent(id));
    }
    if (sql.contains(".snapshots")) {
      return line.pass("snapshot", () -> database.snapshot(id, (long) a[1]));
    }
    if (sql.contains("octet_length")) {
      return line.pass("events", () -> database.events(id, (long) a[1], (long) a[2], (int) a[3]));
    }
    throw new UnsupportedOperationException(sql);
  }

  private List<Object[]> owner(int shard) {
    SimulatedDatabase.Owner row = database.owner(shard);
    return List.<Object[]>of(new Object[] {row.owner, row.node, row.epoch});
  }

  private static ResultSet results(List<Object[]> rows) {
    int[] at = {-1};
    return proxy(
        ResultSet.class,
        (self, method, arguments) ->
            switch (method.getName()) {
              case "next" -> ++at[0] < rows.size();
              case "close" -> null;
              case "getArray" -> array(rows.get(at[0])[(int) arguments[0] - 1]);
              case "getInt" -> ((Number) rows.get(at[0])[(int) arguments[0] - 1]).intValue();
              case "getLong" -> ((Number) rows.get(at[0])[(int) arguments[0] - 1]).longValue();
              case "getString", "getBytes" -> rows.get(at[0])[(int) arguments[0] - 1];
              default -> throw new UnsupportedOperationException(method.toString());
            });
  }

  private static Array array(Object elements) {
    return proxy(Array.class, (self, method, arguments) -> elements);
  }

  private interface Answering {
    @Nullable Object answer(Object self, java.lang.reflect.Method method, Object[] arguments)
        throws Throwable;
  }

  private static <T> T proxy(Class<T> type, Answering answering) {
    InvocationHandler handler =
        (self, method, arguments) ->
            answering.answer(self, method, arguments == null ? new Object[0] : arguments);
    return type.cast(
        Proxy.newProxyInstance(
            SimulatedConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
