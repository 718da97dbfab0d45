#include "core/store/log_emptying.h"

#include "core/store/work_transaction.h"

namespace ephor::store {

void emptyLogAfter(Transaction& transaction)
{
    // The writer makes no others.
    static_cast<WorkTransaction&>(transaction).askForEmptyLog();
}

}
