#include "core/workspace/operation_topic.h"

#include <array>
#include <utility>

namespace ephor::workspace {

namespace {

constexpr std::array<std::pair<std::string_view, Topic>, 20> topics{{
    {"prompts", Topic::Definitions},
    {"agents", Topic::Definitions},
    {"models", Topic::Definitions},
    {"tools", Topic::Definitions},
    {"protections", Topic::Definitions},
    {"definitions", Topic::Definitions},
    {"changes", Topic::Changes},
    {"rollouts", Topic::Rollouts},
    {"runs", Topic::Runs},
    {"approvals", Topic::Approvals},
    {"stops", Topic::Stops},
    {"grants", Topic::Grants},
    {"policies", Topic::Grants},
    {"audit", Topic::Record},
    {"people", Topic::People},
    {"teams", Topic::People},
    {"keys", Topic::People},
    {"secrets", Topic::People},
    {"session", Topic::People},
    {"insight", Topic::Metrics},
}};

}

Topic topicOf(std::string_view operation)
{
    const std::string_view noun = operation.substr(0, operation.find('.'));
    for (const auto& [name, topic] : topics) {
        if (name == noun)
            return topic;
    }
    return Topic::Workspace;
}

}
