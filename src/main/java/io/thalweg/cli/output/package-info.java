/** How answers are shown: as text for people and as JSON for programs. */
@NullMarked
package io.thalweg.cli.output;

import org.jspecify.annotations.NullMarked;
