/**
 * The data directory: who uses it, in which format, and how to find the process that does.
 *
 * <p>Promises: one process at a time; a directory of another format, or of something else, is left as it was.
 *
 * <p>Needs: a local file system with locks.
 *
 * <p>Never: reads the rooms' own files; it only looks whether they are there.
 *
 * <p>Invariants named by tests: a second process is refused with the first one's id; an unknown format is refused by name.
 */
@NullMarked
package dev.boreal.launcher.disk;

import org.jspecify.annotations.NullMarked;
