package dev.boreal.examples.elected;

import org.jspecify.annotations.Nullable;

/** What a member says to a client. */
public sealed interface Answer {
    /** It is done; {@code value} is what the key has now, null if nothing. */
    record Done(@Nullable String value) implements Answer {}

    /** The condition does not hold; nothing was changed. */
    record Otherwise(@Nullable String value) implements Answer {}

    /** Ask {@code leader} instead, if there is one. Nothing was changed. */
    record NotLeader(String leader) implements Answer {}

    /** The lead was lost meanwhile: whether the change was made, who leads next can tell. */
    record Unknown(String why) implements Answer {}
}
