package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.journal.StoreStartException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a node needs of the database when it starts, and what it leaves when it stops. */
class PostgresStartTest {
  private final String schema = TestPostgres.newSchema();

  @Test
  void numberOfShardsStaysWhatItWasAtTheFirstStart() throws Exception {
    open("").close();
    assertRefused("thalweg.cluster.shards = 11", "thalweg.cluster.shards is 11", schema, "has 7");
  }

  @Test
  void nodesMayStartForTheFirstTimeAtOnce() {
    List<CompletableFuture<OwnerFixture>> starts =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> open(""), task -> Thread.ofPlatform().start(task)))
            .toList();
    for (CompletableFuture<OwnerFixture> start : starts) {
      start.join().close();
    }
  }

  @Test
  void schemaThatIsNotThereIsSaidToBeMissingWithMigrationsOff() throws Exception {
    assertRefused("thalweg.journal.postgres.migrate = off", schema, "V1__journal.sql");
  }

  @Test
  void roleOfTheNodeNeedsNoRightToCreateAnything() throws Throwable {
    TestPostgres.execute("drop role if exists \"Node-role\"");
    TestPostgres.execute("create role \"Node-role\" login");
    String role = "thalweg.journal.postgres.user = \"Node-role\"\n";
    open(role + "thalweg.journal.postgres.migration-user = postgres").close();
    try (OwnerFixture owner = open(role + "thalweg.journal.postgres.migrate = off")) {
      owner.recovers("s/a");
      owner.writes("s/a", 1, "one");
      owner.journal.saveSnapshot("s/a", 1, "state");
      owner.journal.deleteEvents("s/a", 1);
    }
    assertThat(
            TestPostgres.value(
                "select has_schema_privilege('Node-role', '" + schema + "', 'create')"))
        .isEqualTo("f");
    assertThat(
            TestPostgres.value(
                "select has_table_privilege('Node-role', '" + schema + ".events', 'update')"))
        .isEqualTo("f");
  }

  @Test
  void serverThatCannotBeReachedIsNamed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    assertRefused(
        "thalweg.journal.postgres.url = \"" + TestPostgres.url(port) + "?password=secret\"",
        "PostgreSQL at " + TestPostgres.url(port) + " can't be used as postgres");
  }

  @Test
  void serverThatIsTooOldIsRefused() {
    PostgresSettings settings =
        PostgresSettings.from(TestPostgres.config(schema).withFallback(ConfigFactory.load()));
    assertThatThrownBy(() -> ServerCheck.checkVersion(settings, 14))
        .isInstanceOf(StoreStartException.class)
        .hasMessageContaining("has the version 14; 15 to 18 are supported");
    ServerCheck.checkVersion(settings, 15);
    ServerCheck.checkVersion(settings, 19);
  }

  @Test
  void connectionsAndThreadsEndWithTheStore() throws Throwable {
    for (int i = 0; i < 3; i++) {
      try (OwnerFixture owner = open("")) {
        owner.recovers("s/a");
      }
    }
    for (int i = 0; i < 500 && !connections().equals("0"); i++) {
      Thread.sleep(20);
    }
    assertThat(connections()).isEqualTo("0");
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("thalweg-journal-read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "url = \"jdbc:h2:mem\"",
        "user = \"\"",
        "schema = \"A b\"",
        "read-connections = 0",
        "connect-timeout = 1500ms",
        "lock-timeout = 0s",
        "statement-timeout = 1s",
        "socket-timeout = 4s",
        "write-timeout = 6s",
        "check-every = 1ms"
      })
  void wrongSettingIsRefusedByName(String setting) {
    Config config =
        ConfigFactory.parseString("thalweg.journal.postgres { " + setting + " }")
            .withFallback(ConfigFactory.parseMap(Map.of("thalweg.journal.store", "postgres")))
            .withFallback(ConfigFactory.load());
    assertThatThrownBy(() -> PostgresSettings.from(config))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "thalweg.journal.postgres." + setting.substring(0, setting.indexOf(' ')));
  }

  private OwnerFixture open(String more) {
    OwnerFixture owner = OwnerFixture.open(TestPostgres.config(schema), more);
    owner.store();
    return owner;
  }

  private void assertRefused(String more, String... words) {
    try (OwnerFixture owner = OwnerFixture.open(TestPostgres.config(schema), more)) {
      assertThatThrownBy(owner::store)
          .isInstanceOf(StoreStartException.class)
          .hasMessageContainingAll(words)
          .hasMessageNotContaining("secret");
    }
  }

  private static String connections() throws Exception {
    return TestPostgres.value(
        "select count(*) from pg_stat_activity where application_name = 'thalweg'");
  }
}
