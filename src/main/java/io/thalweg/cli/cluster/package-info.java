/** A cluster on this machine, each node a process: for development and the curious. */
@NullMarked
package io.thalweg.cli.cluster;

import org.jspecify.annotations.NullMarked;
