/** From files to samples to numbered batches to a server. */
@NullMarked
package io.thalweg.cli.input;

import org.jspecify.annotations.NullMarked;
