/**
 * The protocol as a whole in one thread: the real decisions, deduplication, ownership, statements
 * and client on a simulated network, clock and database, under a seeded scheduler.
 */
@NullMarked
package io.thalweg.simulation;

import org.jspecify.annotations.NullMarked;
