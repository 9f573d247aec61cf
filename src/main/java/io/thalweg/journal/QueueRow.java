package io.thalweg.journal;

/**
 * Results of one event on their way into a queue.
 *
 * @param queue its name
 * @param row handed over: nobody changes it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record QueueRow(String queue, byte[] row) {}
