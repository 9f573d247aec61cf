package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.thalweg.domain.key.Shards;
import io.thalweg.journal.JournalFixture;
import io.thalweg.journal.JournalStore;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pekko.persistence.JournalProtocol;

/** A node's journal as its keys use it, each owner an actor system of its own. */
final class OwnerFixture implements AutoCloseable {
  static final int SHARDS = 7;

  final JournalFixture journal;
  private final Shards shards = new Shards(SHARDS);

  private OwnerFixture(JournalFixture journal) {
    this.journal = journal;
  }

  static OwnerFixture open(String schema) {
    return open(TestPostgres.config(schema), "");
  }

  /** With settings that win over the others. */
  static OwnerFixture open(Config config, String more) {
    return new OwnerFixture(
        JournalFixture.open(
            ConfigFactory.parseString(more)
                .withFallback(config)
                .withFallback(ConfigFactory.parseMap(Map.of("thalweg.cluster.shards", SHARDS)))));
  }

  PostgresStore store() {
    return (PostgresStore) JournalStore.get(journal.system).store();
  }

  int shard(String id) {
    return shards.of(id);
  }

  /** An id of a stream that lies in a shard. */
  static String idIn(int shard, int which) {
    Shards shards = new Shards(SHARDS);
    return IntStream.range(0, 10_000)
        .mapToObj(i -> "s/" + i)
        .filter(id -> shards.of(id) == shard)
        .skip(which)
        .findFirst()
        .orElseThrow();
  }

  /** The cluster gives the id's shard to this node. */
  void hosts(String id, String incarnation) {
    store().ownership().hosted(shard(id), incarnation);
  }

  /** As a new actor of the id does before it writes. */
  List<Object> recovers(String id) throws Throwable {
    var unused = journal.loadSnapshot(id);
    return journal.replay(id, 1);
  }

  void writes(String id, long number, Object event) {
    assertThat(journal.write(id, number, event).getFirst())
        .isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
  }

  void isRefused(String id, long number, Object event) {
    assertThat(journal.write(id, number, event).getFirst())
        .isInstanceOf(JournalProtocol.WriteMessageFailure.class);
  }

  @Override
  public void close() {
    journal.close();
  }
}
