/** How the nodes are doing: each tells of itself, and any of them gathers what all tell. */
@NullMarked
package io.thalweg.status;

import org.jspecify.annotations.NullMarked;
