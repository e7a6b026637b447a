package dev.boreal.queryprocessor.function;

/** The body of a cast, the type modifier of the target not yet applied. Immutable and thread-safe. */
@FunctionalInterface
public interface CastFunction {

    /** The types have the same values: nothing to do. */
    CastFunction IDENTITY = new CastFunction() {
        @Override
        public Object cast(EvaluationContext context, Object value) {
            return value;
        }

        @Override
        public boolean isIdentity() {
            return true;
        }
    };

    /** Never called with null. */
    Object cast(EvaluationContext context, Object value);

    /** Whether the value stays as it is. */
    default boolean isIdentity() {
        return false;
    }
}
