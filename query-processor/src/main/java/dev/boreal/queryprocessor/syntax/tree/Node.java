package dev.boreal.queryprocessor.syntax.tree;

/** A part of a statement that an error can point at. */
public interface Node {

    /** 1-based position in the SQL text, counted in characters (code points); 0 if unknown. */
    int position();
}
