package dev.boreal.queryprocessor.type;

import java.util.List;

/** The values of jsonb that need to exist once only. */
final class JsonConstants {
    static final Jsonb NULL = new Jsonb.JsonNull();
    static final Jsonb TRUE = new Jsonb.JsonBoolean(true);
    static final Jsonb FALSE = new Jsonb.JsonBoolean(false);
    static final Jsonb EMPTY_ARRAY = new Jsonb.JsonArray(List.of());
    static final Jsonb EMPTY_OBJECT = new Jsonb.JsonObject(List.of(), List.of());

    private JsonConstants() {}
}
