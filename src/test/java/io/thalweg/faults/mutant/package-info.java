/** What is loaded into a node to make it wrong on purpose, so that the checker can be checked. */
@NullMarked
package io.thalweg.faults.mutant;

import org.jspecify.annotations.NullMarked;
