package dev.boreal.queryprocessor.plan.relation;

import dev.boreal.queryprocessor.plan.relation.BoundExpression.AggregateCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.ArrayOf;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.BooleanTest;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Call;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Case;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.CaseOperand;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Cast;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Coalesce;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Connective;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Constant;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.DistinctTest;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Extremum;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.FieldOf;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.GroupingCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Modifier;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Not;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.NullIf;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.NullTest;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Operation;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Parameter;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Quantified;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Reference;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Relabel;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Row;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.RowComparison;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SetCall;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryExpression;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.SubqueryTest;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.Subscript;
import dev.boreal.queryprocessor.plan.relation.BoundExpression.WindowCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rebuilds an expression from its rewritten parts. Subclasses override what they change; the inside of queries stays. */
public abstract class ExpressionRewriter {

    public BoundExpression rewrite(BoundExpression expression) {
        return rewriteParts(expression);
    }

    public final List<BoundExpression> rewriteAll(List<BoundExpression> expressions) {
        List<BoundExpression> rewritten = new ArrayList<>(expressions.size());
        for (BoundExpression expression : expressions) {
            rewritten.add(rewrite(expression));
        }
        return rewritten;
    }

    protected final @Nullable BoundExpression rewriteOptional(@Nullable BoundExpression expression) {
        return expression == null ? null : rewrite(expression);
    }

    protected final List<SortKey> rewriteKeys(List<SortKey> keys) {
        List<SortKey> rewritten = new ArrayList<>(keys.size());
        for (SortKey key : keys) {
            rewritten.add(new SortKey(rewrite(key.expression()), key.descending(), key.nullsFirst()));
        }
        return rewritten;
    }

    /** The expression with every part rewritten. */
    protected final BoundExpression rewriteParts(BoundExpression expression) {
        return switch (expression) {
            case Constant same -> same;
            case Parameter same -> same;
            case Reference same -> same;
            case CaseOperand same -> same;
            case Call e -> new Call(e.function(), rewriteAll(e.arguments()));
            case Operation e -> new Operation(e.operator(), rewriteOptional(e.left()), rewrite(e.right()));
            case Cast e -> new Cast(rewrite(e.operand()), e.type(), e.function());
            case Modifier e -> new Modifier(rewrite(e.operand()), e.typeModifier(), e.explicit());
            case Relabel e -> new Relabel(rewrite(e.operand()), e.type(), e.typeModifier());
            case Connective e -> new Connective(e.and(), rewriteAll(e.operands()), e.type());
            case Not e -> new Not(rewrite(e.operand()));
            case NullTest e -> new NullTest(rewrite(e.operand()), e.negated(), e.type());
            case BooleanTest e -> new BooleanTest(rewrite(e.operand()), e.truth(), e.negated());
            case DistinctTest e -> new DistinctTest(e.equality(), rewrite(e.left()), rewrite(e.right()), e.negated());
            case Case e -> rewriteCase(e);
            case Coalesce e -> new Coalesce(rewriteAll(e.arguments()), e.type(), e.typeModifier());
            case NullIf e ->
                new NullIf(e.equality(), rewrite(e.left()), rewrite(e.comparedLeft()), rewrite(e.comparedRight()));
            case Extremum e -> new Extremum(e.greatest(), rewriteAll(e.arguments()), e.type());
            case Quantified e -> new Quantified(e.operator(), e.any(), rewrite(e.left()), rewrite(e.array()));
            case Row e -> new Row(rewriteAll(e.fields()), e.names(), e.type());
            case RowComparison e ->
                new RowComparison(
                        e.symbol(), e.less(), e.equal(), rewriteAll(e.left()), rewriteAll(e.right()), e.type());
            case ArrayOf e -> new ArrayOf(rewriteAll(e.elements()), e.type(), e.elementType(), e.nested());
            case Subscript e -> rewriteSubscript(e);
            case FieldOf e -> new FieldOf(rewrite(e.base()), e.field(), e.type(), e.typeModifier());
            case SubqueryExpression e -> rewriteSubquery(e);
            case AggregateCall e ->
                new AggregateCall(
                        e.function(),
                        rewriteAll(e.arguments()),
                        e.star(),
                        e.distinct(),
                        rewriteKeys(e.orderBy()),
                        rewriteOptional(e.filter()));
            case WindowCall e ->
                new WindowCall(
                        e.function(),
                        rewriteAll(e.arguments()),
                        e.star(),
                        rewriteOptional(e.filter()),
                        rewriteWindow(e.window()));
            case SetCall e -> new SetCall(e.function(), rewriteAll(e.arguments()));
            case GroupingCall e -> new GroupingCall(rewriteAll(e.arguments()), e.type());
        };
    }

    private BoundExpression rewriteCase(Case e) {
        List<BoundExpression.When> whens = new ArrayList<>(e.whens().size());
        for (BoundExpression.When when : e.whens()) {
            whens.add(new BoundExpression.When(rewrite(when.condition()), rewrite(when.result())));
        }
        return new Case(
                rewriteOptional(e.operand()), whens, rewriteOptional(e.otherwise()), e.type(), e.typeModifier());
    }

    private BoundExpression rewriteSubscript(Subscript e) {
        List<BoundExpression.SubscriptBound> bounds = new ArrayList<>(e.bounds().size());
        for (BoundExpression.SubscriptBound bound : e.bounds()) {
            bounds.add(
                    new BoundExpression.SubscriptBound(rewriteOptional(bound.lower()), rewriteOptional(bound.upper())));
        }
        return new Subscript(rewrite(e.base()), bounds, e.slice(), e.type());
    }

    private BoundExpression rewriteSubquery(SubqueryExpression e) {
        SubqueryTest test = e.test();
        if (test == null) {
            return e;
        }
        SubqueryTest rewritten = new SubqueryTest(rewriteAll(test.left()), test.operators(), rewrite(test.condition()));
        return new SubqueryExpression(e.kind(), e.query(), rewritten, e.type(), e.typeModifier());
    }

    private WindowSpecification rewriteWindow(WindowSpecification w) {
        return new WindowSpecification(
                rewriteAll(w.partitionBy()),
                rewriteKeys(w.orderBy()),
                w.mode(),
                w.startKind(),
                rewriteOptional(w.startOffset()),
                w.endKind(),
                rewriteOptional(w.endOffset()),
                w.exclusion());
    }
}
