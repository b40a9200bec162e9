/** Reading ledger and bank files: lines, columns, mappings, and values with a reason why not. */
@NamedInterface("csv")
@NullMarked
package io.relance.ledger.csv;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
