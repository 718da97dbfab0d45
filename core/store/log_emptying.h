#pragma once

namespace ephor::store {

class Transaction;

/// Once the transaction is durable, and before whoever wrote it hears so, the write-ahead log is folded into the
/// database file and emptied: what it overwrote or deleted is then in neither, since freed places are zeroed. Where a
/// reader still needs the log, that is tried again until it lets go. A transaction that is taken back asks for nothing.
void emptyLogAfter(Transaction& transaction);

}
