package dev.boreal.queryprocessor.catalog.definition;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.syntax.tree.Expression;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.TargetItem;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Rewrites names in a query: those of relations, which a view's stored query needs in full and its printed one in short, and
 * stars, for which it holds the columns that they stood for. The tree
 * is all records, so one walk over their components serves every kind of node; definitions are rare enough for that.
 */
public final class QueryNames {
    private final UnaryOperator<QualifiedName> mapping;
    private final IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars;
    private final Set<String> commonTables = new HashSet<>();

    private QueryNames(
            UnaryOperator<QualifiedName> mapping,
            IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars) {
        this.mapping = mapping;
        this.stars = stars;
    }

    /** Every relation with its schema, so that the query means the same along any search path. */
    static Query qualify(Query query, CatalogNames names, java.util.function.IntFunction<@Nullable Schema> schemas) {
        return rename(query, name -> {
            Relation relation = name.schema() == null ? names.findRelation(name) : null;
            Schema schema = relation == null ? null : schemas.apply(relation.schemaOid());
            return schema == null ? name : new QualifiedName(List.of(schema.name(), name.name()), name.position());
        });
    }

    /** Relations that the search path finds without their schema. */
    public static Query shorten(Query query, CatalogNames names) {
        return rename(query, name -> {
            QualifiedName bare = QualifiedName.of(name.name(), name.position());
            CatalogNames.Found found = names.find(bare);
            CatalogNames.Found meant = names.find(name);
            return found != null && meant != null && found.oid() == meant.oid() ? bare : name;
        });
    }

    /**
     * Columns instead of stars.
     *
     * @param stars those of the query, by identity
     */
    public static Query expand(Query query, IdentityHashMap<Expression.Star, List<Expression.ColumnReference>> stars) {
        return (Query) new QueryNames(UnaryOperator.identity(), stars).rebuilt(query);
    }

    /** Oids of the relations that a query names, each once, in order. */
    public static int[] relations(Query query, CatalogNames names) {
        TreeSet<Integer> oids = new TreeSet<>();
        rename(query, name -> {
            Relation relation = names.findRelation(name);
            if (relation != null) {
                oids.add(relation.oid());
            }
            return name;
        });
        return oids.stream().mapToInt(Integer::intValue).toArray();
    }

    private static Query rename(Query query, UnaryOperator<QualifiedName> mapping) {
        QueryNames walk = new QueryNames(mapping, new IdentityHashMap<>(0));
        walk.collect(query);
        return (Query) walk.rebuilt(query);
    }

    /** Names of WITH stand for no relation, wherever in the query they are. */
    private void collect(@Nullable Object node) {
        if (node instanceof WithClause.CommonTable table) {
            commonTables.add(table.name());
        }
        if (node instanceof List<?> list) {
            list.forEach(this::collect);
        } else if (node instanceof Record) {
            for (RecordComponent component : node.getClass().getRecordComponents()) {
                collect(value(component, node));
            }
        }
    }

    private @Nullable Object transformed(@Nullable Object node) {
        if (node instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            for (Object element : list) {
                if (element instanceof TargetItem item && item.expression() instanceof Expression.Star star) {
                    List<Expression.ColumnReference> columns = stars.get(star);
                    if (columns != null) {
                        columns.forEach(column -> copy.add(new TargetItem(column, null, column.position())));
                        continue;
                    }
                }
                copy.add(transformed(element));
            }
            return java.util.Collections.unmodifiableList(copy);
        }
        return node instanceof Record ? rebuilt(node) : node;
    }

    private Object rebuilt(Object node) {
        RecordComponent[] components = node.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = transformed(value(components[i], node));
        }
        if (node instanceof TableExpression.Table table) {
            boolean common = table.name().schema() == null
                    && commonTables.contains(table.name().name());
            values[0] = common ? table.name() : mapping.apply(table.name());
        }
        try {
            Constructor<?> constructor = node.getClass().getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot rebuild " + node.getClass(), impossible);
        }
    }

    private static @Nullable Object value(RecordComponent component, Object node) {
        try {
            component.getAccessor().setAccessible(true);
            return component.getAccessor().invoke(node);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("cannot read " + component, impossible);
        }
    }
}
