/**
 * Faults for real: nodes and PostgreSQL as processes, some of them in network namespaces, under a
 * steady load; and an audit of what is left, which reads the journal by plain SQL.
 */
@NullMarked
package io.thalweg.faults;

import org.jspecify.annotations.NullMarked;
