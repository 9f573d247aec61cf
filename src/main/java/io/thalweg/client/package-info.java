/** The reference client: numbers batches, resends in order, backs off, takes several endpoints. */
@NullMarked
package io.thalweg.client;

import org.jspecify.annotations.NullMarked;
