/**
 * Settings: names and text from outside become one typed record.
 *
 * <p>Promises: the record is valid as a whole, or all that is wrong is named at once; every setting has a default.
 *
 * <p>Needs: nothing but the text.
 *
 * <p>Never: reads a file or the environment.
 *
 * <p>Invariants named by tests: an unknown setting is refused by name; each setting reaches the room that it is for.
 */
@NullMarked
package dev.boreal.launcher.configuration;

import org.jspecify.annotations.NullMarked;
