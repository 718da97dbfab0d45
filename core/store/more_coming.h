#pragma once

namespace ephor::store {

class Transaction;

/// Whoever writes this transaction will soon write again, and somebody waits for that, as between the first and the
/// last entry of a run. What the store and the record do for themselves after a commit (completing a checkpoint, filing
/// entries) then waits for the end of another transaction, within limits.
void announceMore(Transaction& transaction);
/// Whether that was said of it.
bool moreIsComing(const Transaction& transaction);

}
