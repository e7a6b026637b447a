package dev.boreal.queryprocessor.plan;

import dev.boreal.queryprocessor.catalog.CatalogNames;
import dev.boreal.queryprocessor.catalog.CatalogSnapshot;
import dev.boreal.queryprocessor.catalog.Relation;
import dev.boreal.queryprocessor.catalog.Schema;
import dev.boreal.queryprocessor.syntax.tree.QualifiedName;
import dev.boreal.queryprocessor.syntax.tree.Query;
import dev.boreal.queryprocessor.syntax.tree.TableExpression;
import dev.boreal.queryprocessor.syntax.tree.WithClause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Rebuilds a tree with the schema before every relation's name, so that it means the same under any search path. */
final class QualifiedTables {
    private final CatalogSnapshot catalog;
    private final CatalogNames names;
    private final Set<String> commonTables = new HashSet<>();
    private final TreeSet<Integer> relations = new TreeSet<>();

    QualifiedTables(CatalogSnapshot catalog, List<String> searchPath) {
        this.catalog = catalog;
        names = new CatalogNames(catalog, searchPath);
    }

    Query qualify(Query query) {
        collectCommonTables(query);
        return (Query) java.util.Objects.requireNonNull(rebuild(query));
    }

    /** Oids of the relations met. */
    int[] relations() {
        return relations.stream().mapToInt(Integer::intValue).toArray();
    }

    private void collectCommonTables(@Nullable Object node) {
        if (node instanceof WithClause.CommonTable table) {
            commonTables.add(table.name());
        }
        if (node instanceof List<?> list) {
            list.forEach(this::collectCommonTables);
        } else if (node instanceof Record) {
            for (RecordComponent component : node.getClass().getRecordComponents()) {
                collectCommonTables(value(node, component));
            }
        }
    }

    private @Nullable Object rebuild(@Nullable Object node) {
        if (node instanceof List<?> list) {
            List<Object> rebuilt = new ArrayList<>(list.size());
            for (Object element : list) {
                rebuilt.add(java.util.Objects.requireNonNull(rebuild(element)));
            }
            return List.copyOf(rebuilt);
        }
        if (!(node instanceof Record)) {
            return node;
        }
        RecordComponent[] components = node.getClass().getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = rebuild(value(node, components[i]));
        }
        if (node instanceof TableExpression.Table table) {
            values[0] = qualified(table.name());
        }
        try {
            return node.getClass().getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private QualifiedName qualified(QualifiedName name) {
        if (name.schema() == null && commonTables.contains(name.name())) {
            return name;
        }
        Relation relation = names.findRelation(name);
        if (relation == null) {
            return name;
        }
        relations.add(relation.oid());
        Schema schema = catalog.schema(relation.schemaOid());
        return schema == null ? name : new QualifiedName(List.of(schema.name(), relation.name()), name.position());
    }

    private static @Nullable Object value(Object node, RecordComponent component) {
        try {
            return component.getAccessor().invoke(node);
        } catch (IllegalAccessException | InvocationTargetException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
