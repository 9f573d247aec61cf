@NullMarked
package io.thalweg.forbidden.cli.nab;

import org.jspecify.annotations.NullMarked;
