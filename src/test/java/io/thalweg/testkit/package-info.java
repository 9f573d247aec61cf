/** Scenarios of streams, told with the driver that users have too. */
@NullMarked
package io.thalweg.testkit;

import org.jspecify.annotations.NullMarked;
