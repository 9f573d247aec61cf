package io.thalweg.cli.cluster;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A node of a cluster on this machine: the program itself, started as a user would by its launcher.
 *
 * @param address where it listens
 * @param process it runs in
 */
record DevelopmentNode(ClusterSettings.NodeAddress address, Guarded process) {
  private static final int HTTP_MILLIS = 1_000;

  /**
   * How long a node may take to stop before it is killed: more than {@code serve} allows itself.
   */
  static final Duration STOP_PATIENCE = Duration.ofSeconds(28);

  static DevelopmentNode start(
      ClusterSettings settings,
      ClusterSettings.NodeAddress address,
      DevelopmentPostgres postgres,
      Consumer<String> lines)
      throws IOException {
    Guarded process =
        Guarded.start(
            address.name(),
            "TERM",
            List.of(launcher().toString(), "serve"),
            environment(settings, address, postgres),
            lines);
    return new DevelopmentNode(address, process);
  }

  /** Whether it takes samples. */
  boolean isReady() {
    try {
      HttpURLConnection ready =
          (HttpURLConnection) URI.create(address.management() + "/ready").toURL().openConnection();
      ready.setConnectTimeout(HTTP_MILLIS);
      ready.setReadTimeout(HTTP_MILLIS);
      try {
        return ready.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        ready.disconnect();
      }
    } catch (IOException notYet) {
      return false;
    }
  }

  private static Path launcher() throws ClusterException {
    String home = System.getProperty("thalweg.home");
    if (home == null) {
      throw new ClusterException("thalweg.home is not set: start the program by its launcher");
    }
    return Path.of(home, "thalweg");
  }

  private static Map<String, String> environment(
      ClusterSettings settings, ClusterSettings.NodeAddress address, DevelopmentPostgres postgres) {
    Map<String, String> environment = new HashMap<>();
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("THALWEG_HEAP", settings.heap());
    environment.put("THALWEG_JAVA_OPTS", javaOptions(settings));
    settings
        .config()
        .map(file -> file.toAbsolutePath().toString())
        .or(() -> Optional.ofNullable(System.getenv("THALWEG_CONFIG")))
        .ifPresent(file -> environment.put("THALWEG_CONFIG", file));
    environment.put(
        "THALWEG_DATA_DIR", settings.folder().resolve(address.name()).toAbsolutePath().toString());
    environment.put("THALWEG_GRPC_HOST", "127.0.0.1");
    environment.put("THALWEG_GRPC_PORT", String.valueOf(address.grpcPort()));
    environment.put("THALWEG_CLUSTER_DISCOVERY", "seeds");
    environment.put("THALWEG_CLUSTER_HOST", "127.0.0.1");
    environment.put("THALWEG_CLUSTER_PORT", String.valueOf(address.remotingPort()));
    environment.put(
        "THALWEG_SEED_NODES",
        settings.addresses().stream()
            .map(ClusterSettings.NodeAddress::remoting)
            .collect(Collectors.joining(",")));
    environment.put("THALWEG_MANAGEMENT_HOST", "127.0.0.1");
    environment.put("THALWEG_MANAGEMENT_PORT", String.valueOf(address.managementPort()));
    environment.put("THALWEG_JOURNAL", "postgres");
    environment.put("THALWEG_POSTGRES_URL", postgres.url());
    environment.put("THALWEG_POSTGRES_USER", DevelopmentPostgres.USER);
    environment.put(
        "THALWEG_POSTGRES_PASSWORD_FILE", postgres.passwordFile().toAbsolutePath().toString());
    return environment;
  }

  private static String javaOptions(ClusterSettings settings) {
    String given = Optional.ofNullable(System.getenv("THALWEG_JAVA_OPTS")).orElse("");
    return settings.quiet() ? given + " -Dthalweg.log.level=WARN" : given;
  }
}
