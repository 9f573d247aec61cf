/**
 * Kafka topics as a source of samples.
 *
 * <h2>Why each record counts exactly once</h2>
 *
 * <p>Each partition is a producer, and the number of a record is its offset plus 1. The records of
 * a key within a partition are o₁ &lt; o₂ &lt; …. Let H be the highest number of the partition that
 * the key has counted. <em>At any time the key has counted just those of its records that are not
 * above H</em> (dead letters aside). It holds at the beginning. Whoever reads the partition, say,
 * after a crash, a rebalance, or a pause during which another node took over
 *
 * <ul>
 *   <li>begins at the committed offset c, and all below c is durable: an offset is committed only
 *       after the answers to all records below it, of which each is durable when it is given;
 *   <li>brings the key all its records from c on, in their order, without a gap: requests of a
 *       partition are admitted one after the other by one caller, a key has one delivery under way,
 *       and when one is given up so is all behind it in its lane and all that its caller brings
 *       later. The reader then begins again at the committed offset, with a new caller.
 * </ul>
 *
 * <p>So when a record with the number n &gt; H is brought to the key, the key has been brought all
 * between c and n by the same reader before, and they have been counted, or had been: n is the next
 * one after H, and to count it keeps the rule. A record with n ≤ H has been counted, and is
 * dropped: whether the key still has its bit or can tell only that it is too old. That is why, here
 * and nowhere else, <em>too old to look up</em> means <em>counted</em>: other producers may send
 * their batches in any order. It does not matter how records were cut into requests, since the
 * number belongs to the record, nor how many readers there are at a time, nor whether one of them
 * should no longer be there: each of them keeps the rule.
 *
 * <p>Poison is acknowledged by the dead letter topic before anything behind it in its partition
 * goes to a key. Otherwise a record that is refused only now, because its time lies ahead of the
 * clock, could be read again after a crash, be fine by then, and be taken for counted because a
 * later one had been. What a key itself refuses (it remembers too many producers, or can't be read
 * from the journal) is known only when it answers: if the node crashes between that answer and the
 * dead letter's acknowledgement, and the key takes samples again meanwhile, the record is in
 * neither.
 *
 * <p>A topic that is deleted and made anew starts at offset 0 again. It has another topic id, and
 * so is another producer. {@link io.thalweg.ingest.kafka.TopicIdentity} sees to it that no record
 * of the new one goes to a key as one of the old one, and each offset is committed with the id
 * whose it is, so that none of the old one is taken for a place in the new one.
 */
@NullMarked
package io.thalweg.ingest.kafka;

import org.jspecify.annotations.NullMarked;
