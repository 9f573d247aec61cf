/**
 * What must hold after faults, found out without the program: from what the producers wrote down,
 * from the journal's tables by plain SQL, and from what the nodes tell. Of the program's own code
 * only the formats are used: the gRPC API and the stored protobuf messages.
 */
@NullMarked
package io.thalweg.faults.check;

import org.jspecify.annotations.NullMarked;
