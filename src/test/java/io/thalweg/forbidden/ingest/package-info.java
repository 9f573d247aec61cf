@NullMarked
package io.thalweg.forbidden.ingest;

import org.jspecify.annotations.NullMarked;
