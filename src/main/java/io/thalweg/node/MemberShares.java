package io.thalweg.node;

import io.thalweg.results.kafka.ShardShare;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.cluster.Cluster;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.MemberStatus;

/**
 * Shards by who wrote in them last: that node hears at once of what it commits. Where it is gone,
 * or nobody has written yet, the oldest member takes them. Thread-safe.
 */
final class MemberShares implements ShardShare {
  private final Cluster cluster;

  MemberShares(ActorSystem<?> system) {
    this.cluster = Cluster.get(system.classicSystem());
  }

  @Override
  public boolean has(int shard, Optional<String> writer) {
    String self = cluster.selfMember().address().toString();
    Member oldest = null;
    Set<String> members = new HashSet<>();
    for (Member member : cluster.state().getMembers()) {
      if (isThere(member)) {
        members.add(member.address().toString());
        if (oldest == null || member.isOlderThan(oldest)) {
          oldest = member;
        }
      }
    }
    return has(self, members, oldest == null ? self : oldest.address().toString(), writer);
  }

  /** The rule itself; {@code members} and {@code oldest} as this node sees them. */
  static boolean has(String self, Set<String> members, String oldest, Optional<String> writer) {
    return writer.filter(members::contains).orElse(oldest).equals(self);
  }

  private static boolean isThere(Member member) {
    return !member.status().equals(MemberStatus.down())
        && !member.status().equals(MemberStatus.removed())
        && !member.status().equals(MemberStatus.joining())
        && !member.status().equals(MemberStatus.weaklyUp());
  }
}
