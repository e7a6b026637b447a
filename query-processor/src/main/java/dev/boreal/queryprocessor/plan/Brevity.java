package dev.boreal.queryprocessor.plan;

import dev.boreal.queryprocessor.execute.DeleteOperator;
import dev.boreal.queryprocessor.execute.FilterOperator;
import dev.boreal.queryprocessor.execute.InsertOperator;
import dev.boreal.queryprocessor.execute.LimitOperator;
import dev.boreal.queryprocessor.execute.LockRows;
import dev.boreal.queryprocessor.execute.OneTimeFilter;
import dev.boreal.queryprocessor.execute.Operator;
import dev.boreal.queryprocessor.execute.PointLookup;
import dev.boreal.queryprocessor.execute.ProjectOperator;
import dev.boreal.queryprocessor.execute.UpdateOperator;
import dev.boreal.queryprocessor.execute.ValuesOperator;

/** Whether a plan certainly touches just a few rows, each by its whole key. */
final class Brevity {
    private Brevity() {}

    static boolean isBrief(Operator operator) {
        boolean brief = switch (operator) {
            case PointLookup lookup -> true;
            case ValuesOperator values -> true;
            case ProjectOperator project -> true;
            case FilterOperator filter -> true;
            case OneTimeFilter filter -> true;
            case LimitOperator limit -> true;
            case LockRows lock -> true;
            case UpdateOperator update -> true;
            case DeleteOperator delete -> true;
            case InsertOperator insert -> true;
            default -> false;
        };
        for (Operator input : operator.inputs()) {
            brief &= isBrief(input);
        }
        return brief;
    }
}
