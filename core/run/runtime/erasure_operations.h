#pragma once

namespace ephor {
class HandlerTable;
}

namespace ephor::runtime {

struct OperationServices;

/// people.erase-preview, people.erase, people.erase-confirm.
void addErasureHandlers(HandlerTable& table, const OperationServices& services);

}
