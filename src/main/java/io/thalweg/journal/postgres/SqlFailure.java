package io.thalweg.journal.postgres;

import java.sql.SQLException;

/** What kind of failure PostgreSQL, or the way to it, reports. */
final class SqlFailure {
  private SqlFailure() {}

  /**
   * Whether the server has said that a statement was rolled back because of what was asked for, so
   * that asking for less may succeed: data, constraints, limits.
   */
  static boolean isOfTheData(SQLException e) {
    return switch (kind(e)) {
      case "21", "22", "23", "54" -> true;
      default -> false;
    };
  }

  /** Whether it is certain that nothing of the statement is stored, nor will be. */
  static boolean isRolledBack(SQLException e) {
    return isOfTheData(e)
        || switch (kind(e)) {
          case "25", "40", "42", "53", "55" -> true;
          default -> "57014".equals(e.getSQLState());
        };
  }

  /** Whether stored bytes are not what the server wrote. */
  static boolean isCorruption(SQLException e) {
    return "XX001".equals(e.getSQLState()) || "XX002".equals(e.getSQLState());
  }

  private static String kind(SQLException e) {
    String state = e.getSQLState();
    return state == null || state.length() < 2 ? "" : state.substring(0, 2);
  }
}
