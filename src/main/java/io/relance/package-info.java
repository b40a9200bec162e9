@org.jspecify.annotations.NullMarked
package io.relance;
