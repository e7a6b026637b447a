/** A replicated journal in one process, for tests of it here and in other rooms. */
@org.jspecify.annotations.NullMarked
package dev.boreal.journal.cluster;
