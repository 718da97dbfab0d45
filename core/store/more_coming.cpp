#include "core/store/more_coming.h"

#include "core/store/work_transaction.h"

namespace ephor::store {

// The writer makes no others.

void announceMore(Transaction& transaction)
{
    static_cast<WorkTransaction&>(transaction).announceMore();
}

bool moreIsComing(const Transaction& transaction)
{
    return static_cast<const WorkTransaction&>(transaction).moreIsComing();
}

}
