package io.thalweg.journal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.thalweg.journal.ShardElsewhereException;
import io.thalweg.journal.StoreUnavailableException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Claims that others overtake, and shards that were lost. */
class OwnershipTest {
  private static final int SHARD = 2;

  private final Row row = new Row();
  private long nanos;
  private final Ownership ownership = new Ownership("me", 3, row, Runnable::run, () -> nanos);

  /** A shard's row. What waits here happens before the next claims reach it, one before each. */
  private static final class Row implements Ownership.Claims {
    String owner = "";
    long epoch;
    final ArrayDeque<Runnable> meanwhile = new ArrayDeque<>();

    @Override
    public ShardRows.Owner read(int shard) {
      return new ShardRows.Owner(owner, "node of " + owner, epoch);
    }

    @Override
    public boolean claim(int shard, long expected) {
      if (!meanwhile.isEmpty()) {
        meanwhile.remove().run();
      }
      boolean taken = expected == epoch;
      if (taken) {
        claimedBy("me");
      }
      return taken;
    }

    void claimedBy(String next) {
      owner = next;
      epoch++;
    }
  }

  @Test
  void claimThatAnotherOvertakesLeavesItTheShard() {
    row.meanwhile.add(() -> row.claimedBy("other"));
    assertThatThrownBy(() -> ownership.claimed(SHARD).join())
        .hasCauseInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("shard 2 was claimed by node of other at the same time");
    assertThat(row.owner).isEqualTo("other");
    assertThat(ownership.known(SHARD)).isNull();
  }

  @Test
  void overtakenClaimIsMadeAnewByWhoStillHasTheShard() {
    row.meanwhile.add(() -> row.claimedBy("other"));
    assertThat(ownership.claimed(SHARD)).isCompletedExceptionally();
    assertThat(ownership.claimed(SHARD)).isCompletedWithValue(new Tenure(SHARD, 2, 2));
    assertThat(row.owner).isEqualTo("me");
  }

  @Test
  void shardThatComesAnewDuringAClaimIsClaimedForThat() {
    row.meanwhile.add(
        () -> {
          row.claimedBy("other");
          ownership.hosted(SHARD, "second life");
        });
    assertThat(ownership.claimed(SHARD)).isCompletedWithValue(new Tenure(SHARD, 2, 2));
  }

  @Test
  void claimThatOneOfOursOvertakesIsMadeAgain() {
    row.meanwhile.add(() -> row.claimedBy("me"));
    assertThat(ownership.claimed(SHARD)).isCompletedWithValue(new Tenure(SHARD, 2, 2));
  }

  @Test
  void shardInDoubtThatAnotherTakesIsLost() {
    ownership.doubt(ownership.claimed(SHARD).join());
    row.meanwhile.add(() -> row.claimedBy("other"));
    isLost(ownership.claimed(SHARD));
    assertThat(row.owner).isEqualTo("other");
  }

  @Test
  void lostShardIsClaimedAgainIfItIsStillHereAfterAWhile() {
    lose();
    pass(29);
    isLost(hostedAndClaimed());
    pass(1);
    isLost(ownership.claimed(SHARD)); // nobody has said that it is here
    assertThat(hostedAndClaimed()).isCompletedWithValue(new Tenure(SHARD, 3, 3));
  }

  @Test
  void eachLossDoublesTheWhileUpToEightMinutes() {
    long[] expected = {30, 60, 120, 240, 480, 480};
    for (long seconds : expected) {
      lose();
      pass(seconds - 1);
      isLost(hostedAndClaimed());
      pass(1);
      assertThat(hostedAndClaimed()).isCompleted();
    }
    ownership.hosted(SHARD, "second life");
    lose();
    pass(30);
    ownership.hosted(SHARD, "second life");
    assertThat(ownership.claimed(SHARD)).isCompleted();
  }

  private void lose() {
    Tenure tenure = ownership.claimed(SHARD).join();
    row.claimedBy("other");
    assertThat(ownership.refused(tenure, "other", "node of other"))
        .hasMessage("shard 2 is owned by node of other");
  }

  private void pass(long seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
  }

  private CompletableFuture<Tenure> hostedAndClaimed() {
    ownership.hosted(SHARD, "me");
    return ownership.claimed(SHARD);
  }

  private static void isLost(CompletableFuture<Tenure> claim) {
    assertThatThrownBy(claim::join).hasCauseInstanceOf(ShardElsewhereException.class);
  }
}
