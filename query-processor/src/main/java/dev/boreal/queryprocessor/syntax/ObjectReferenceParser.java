package dev.boreal.queryprocessor.syntax;

import dev.boreal.queryprocessor.syntax.tree.ObjectKind;
import dev.boreal.queryprocessor.syntax.tree.ObjectReference;
import dev.boreal.queryprocessor.syntax.tree.OperatorName;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.TypeName;
import java.util.ArrayList;
import java.util.List;

/** The kinds of things and how each is named, for DROP, COMMENT, ALTER and GRANT. */
final class ObjectReferenceParser {
    private final TokenCursor tokens;
    private final Grammar grammar;

    ObjectReferenceParser(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /** The kind of thing that the next words name. */
    ObjectKind kind() {
        TokenKind first = tokens.kind();
        tokens.advance();
        return switch (first) {
            case ACCESS -> followed(TokenKind.METHOD, ObjectKind.ACCESS_METHOD);
            case AGGREGATE -> ObjectKind.AGGREGATE;
            case CAST -> ObjectKind.CAST;
            case COLLATION -> ObjectKind.COLLATION;
            case COLUMN -> ObjectKind.COLUMN;
            case CONSTRAINT -> ObjectKind.CONSTRAINT;
            case CONVERSION -> ObjectKind.CONVERSION;
            case DATABASE -> ObjectKind.DATABASE;
            case DOMAIN -> ObjectKind.DOMAIN;
            case EVENT -> followed(TokenKind.TRIGGER, ObjectKind.EVENT_TRIGGER);
            case EXTENSION -> ObjectKind.EXTENSION;
            case FOREIGN -> {
                if (tokens.accept(TokenKind.TABLE)) {
                    yield ObjectKind.FOREIGN_TABLE;
                }
                tokens.expect(TokenKind.DATA);
                yield followed(TokenKind.WRAPPER, ObjectKind.FOREIGN_DATA_WRAPPER);
            }
            case FUNCTION -> ObjectKind.FUNCTION;
            case INDEX -> ObjectKind.INDEX;
            case LANGUAGE -> ObjectKind.LANGUAGE;
            case LARGE -> followed(TokenKind.OBJECT, ObjectKind.LARGE_OBJECT);
            case MATERIALIZED -> followed(TokenKind.VIEW, ObjectKind.MATERIALIZED_VIEW);
            case OPERATOR -> operatorKind();
            case POLICY -> ObjectKind.POLICY;
            case PROCEDURAL -> followed(TokenKind.LANGUAGE, ObjectKind.LANGUAGE);
            case PROCEDURE -> ObjectKind.PROCEDURE;
            case PUBLICATION -> ObjectKind.PUBLICATION;
            case ROLE -> ObjectKind.ROLE;
            case ROUTINE -> ObjectKind.ROUTINE;
            case RULE -> ObjectKind.RULE;
            case SCHEMA -> ObjectKind.SCHEMA;
            case SEQUENCE -> ObjectKind.SEQUENCE;
            case SERVER -> ObjectKind.SERVER;
            case STATISTICS -> ObjectKind.STATISTICS;
            case SUBSCRIPTION -> ObjectKind.SUBSCRIPTION;
            case TABLE -> ObjectKind.TABLE;
            case TABLESPACE -> ObjectKind.TABLESPACE;
            case TEXT -> textSearchKind();
            case TRANSFORM -> ObjectKind.TRANSFORM;
            case TRIGGER -> ObjectKind.TRIGGER;
            case TYPE -> ObjectKind.TYPE;
            case USER -> followed(TokenKind.MAPPING, ObjectKind.USER_MAPPING);
            case VIEW -> ObjectKind.VIEW;
            default -> throw tokens.syntaxErrorAt(-1);
        };
    }

    private ObjectKind followed(TokenKind word, ObjectKind kind) {
        tokens.expect(word);
        return kind;
    }

    private ObjectKind operatorKind() {
        if (tokens.is(TokenKind.CLASS)) {
            tokens.advance();
            return ObjectKind.OPERATOR_CLASS;
        }
        if (tokens.is(TokenKind.FAMILY)) {
            tokens.advance();
            return ObjectKind.OPERATOR_FAMILY;
        }
        return ObjectKind.OPERATOR;
    }

    private ObjectKind textSearchKind() {
        tokens.expect(TokenKind.SEARCH);
        TokenKind kind = tokens.kind();
        ObjectKind result = switch (kind) {
            case PARSER -> ObjectKind.TEXT_SEARCH_PARSER;
            case DICTIONARY -> ObjectKind.TEXT_SEARCH_DICTIONARY;
            case TEMPLATE -> ObjectKind.TEXT_SEARCH_TEMPLATE;
            case CONFIGURATION -> ObjectKind.TEXT_SEARCH_CONFIGURATION;
            default -> throw tokens.syntaxError();
        };
        tokens.advance();
        return result;
    }

    /** A thing of the kind, named as DROP names it. */
    ObjectReference reference(ObjectKind kind) {
        int position = tokens.position();
        return switch (kind) {
            case ACCESS_METHOD,
                    DATABASE,
                    EVENT_TRIGGER,
                    EXTENSION,
                    FOREIGN_DATA_WRAPPER,
                    LANGUAGE,
                    PUBLICATION,
                    ROLE,
                    SCHEMA,
                    SERVER,
                    SUBSCRIPTION,
                    TABLESPACE -> ObjectReference.of(QualifiedName.of(tokens.columnId(), position));
            case TYPE, DOMAIN -> ObjectReference.of(grammar.types.type().name());
            case FUNCTION, PROCEDURE, ROUTINE, AGGREGATE -> routine();
            case OPERATOR -> operator(position);
            case OPERATOR_CLASS, OPERATOR_FAMILY -> {
                QualifiedName name = tokens.anyName();
                tokens.expect(TokenKind.USING);
                tokens.columnId();
                yield ObjectReference.of(name);
            }
            case POLICY, RULE, TRIGGER, CONSTRAINT -> {
                QualifiedName name = QualifiedName.of(tokens.columnId(), position);
                tokens.expect(TokenKind.ON);
                boolean domain = kind == ObjectKind.CONSTRAINT && tokens.is(TokenKind.DOMAIN, TokenKind.IDENTIFIER);
                if (domain) {
                    tokens.advance();
                }
                yield new ObjectReference(name, null, tokens.anyName(), position);
            }
            default -> ObjectReference.of(tokens.anyName());
        };
    }

    List<ObjectReference> references(ObjectKind kind) {
        List<ObjectReference> references = new ArrayList<>(1);
        do {
            references.add(reference(kind));
        } while (tokens.accept(TokenKind.COMMA));
        return List.copyOf(references);
    }

    /** function_with_argtypes and aggregate_with_argtypes. */
    private ObjectReference routine() {
        int position = tokens.position();
        QualifiedName name = tokens.kind(1) == TokenKind.DOT || tokens.kind().columnId
                ? tokens.anyName()
                : QualifiedName.of(tokens.typeFunctionName(), position);
        if (!tokens.accept(TokenKind.LEFT_PARENTHESIS)) {
            return ObjectReference.of(name);
        }
        List<TypeName> types = new ArrayList<>();
        if (tokens.accept(TokenKind.STAR)) {
            tokens.expect(TokenKind.RIGHT_PARENTHESIS);
            return new ObjectReference(name, List.of(), null, position);
        }
        if (tokens.accept(TokenKind.ORDER, TokenKind.BY)) {
            types.add(argumentType());
        }
        while (!tokens.is(TokenKind.RIGHT_PARENTHESIS)) {
            types.add(argumentType());
            if (tokens.accept(TokenKind.ORDER)) {
                tokens.expect(TokenKind.BY);
            } else if (!tokens.accept(TokenKind.COMMA)) {
                break;
            } else if (tokens.is(TokenKind.RIGHT_PARENTHESIS)) {
                throw tokens.syntaxError();
            }
        }
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        return new ObjectReference(name, List.copyOf(types), null, position);
    }

    /** func_arg without its name and mode. */
    private TypeName argumentType() {
        boolean mode = true;
        while (mode) {
            switch (tokens.kind()) {
                case IN, OUT, INOUT, VARIADIC -> tokens.advance();
                default -> mode = false;
            }
        }
        TokenKind next = tokens.kind(1);
        boolean named =
                tokens.kind().typeFunctionName && next.nonReserved && !tokens.is(TokenKind.DOUBLE, TokenKind.PRECISION);
        if (named) {
            tokens.advance();
        }
        return grammar.types.functionType();
    }

    private ObjectReference operator(int position) {
        OperatorName operator = grammar.expressions.operators().anyOperator();
        tokens.expect(TokenKind.LEFT_PARENTHESIS);
        List<TypeName> types = new ArrayList<>(2);
        do {
            if (!tokens.accept(TokenKind.NONE)) {
                types.add(grammar.types.type());
            }
        } while (tokens.accept(TokenKind.COMMA));
        tokens.expect(TokenKind.RIGHT_PARENTHESIS);
        String schema = operator.schema();
        List<String> parts = schema == null ? List.of(operator.symbol()) : List.of(schema, operator.symbol());
        return new ObjectReference(new QualifiedName(parts, position), List.copyOf(types), null, position);
    }
}
