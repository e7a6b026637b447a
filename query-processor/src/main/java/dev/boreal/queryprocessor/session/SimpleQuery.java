package dev.boreal.queryprocessor.session;

import dev.boreal.contracts.door.SqlSession.Progress;
import dev.boreal.contracts.sql.SqlException;
import dev.boreal.queryprocessor.syntax.NormalizedStatement;
import dev.boreal.queryprocessor.syntax.ParsedStatement;
import dev.boreal.queryprocessor.syntax.tree.TransactionStatement;
import java.util.List;

/**
 * The simple protocol: a string of statements, in one transaction unless they say otherwise.
 *
 * <p><b>Running again.</b> A transaction that is just one statement, or one such string, and that conflicts, is repeated
 * from its beginning, as long as nothing of its answer has left the sink.
 */
final class SimpleQuery {
    private final Database database;
    private final Session session;
    private final Transactions transactions;
    private final Statements statements;

    private interface Call {
        Progress run();
    }

    SimpleQuery(Database database, Session session, Statements statements) {
        this.database = database;
        this.session = session;
        this.statements = statements;
        transactions = session.transactions();
    }

    /** Runs a string and answers for it; does nothing where it would wait and must not. */
    Progress run(String sql, boolean mayBlock) {
        session.portals().close("");
        NormalizedStatement normalized = statements.normalize(sql);
        StatementTemplate template =
                normalized == null ? null : database.plans().template(normalized);
        if (normalized != null && template != null) {
            return alone(() -> statements.simple(template, normalized, sql, mayBlock));
        }
        List<ParsedStatement> parsed = database.plans().parse(sql);
        if (parsed.isEmpty()) {
            session.sink().emptyQueryResponse();
            return Progress.DONE;
        }
        if (parsed.size() > 1) {
            return mayBlock ? several(parsed) : Progress.WOULD_BLOCK;
        }
        ParsedStatement statement = parsed.getFirst();
        return statement.statement() instanceof TransactionStatement
                ? statements.simple(statement, mayBlock)
                : alone(() -> statements.simple(statement, mayBlock));
    }

    /** Runs one statement; outside a transaction block it is a transaction, repeated if it conflicts. */
    private Progress alone(Call statement) {
        if (transactions.inBlock()) {
            return statement.run();
        }
        long from = session.sink().position();
        for (int attempt = 0; ; attempt++) {
            try {
                session.tags().hold();
                if (statement.run() == Progress.WOULD_BLOCK) {
                    session.tags().drop();
                    return Progress.WOULD_BLOCK;
                }
                commitImplicit();
                return Progress.DONE;
            } catch (SqlException e) {
                session.tags().drop();
                session.boundaries().repeatOrThrow(e, attempt, session.sink(), from);
            }
        }
    }

    /** Commits unless the client has begun a block, and tells that the last statement is done. */
    private void commitImplicit() {
        if (!transactions.inBlock()) {
            session.boundaries().commit();
        }
        session.tags().release();
    }

    /** A string of several statements is one transaction, unless it says otherwise. */
    private Progress several(List<ParsedStatement> parsed) {
        long from = session.sink().position();
        boolean repeatable = parsed.stream().noneMatch(s -> s.statement() instanceof TransactionStatement)
                && !transactions.inBlock();
        for (int attempt = 0; ; attempt++) {
            try {
                for (ParsedStatement statement : parsed.subList(0, parsed.size() - 1)) {
                    statements.simple(statement, true);
                }
                if (!transactions.inBlock()) {
                    session.tags().hold();
                }
                statements.simple(parsed.getLast(), true);
                commitImplicit();
                return Progress.DONE;
            } catch (SqlException e) {
                session.tags().drop();
                if (!repeatable) {
                    throw e;
                }
                session.boundaries().repeatOrThrow(e, attempt, session.sink(), from);
            }
        }
    }
}
