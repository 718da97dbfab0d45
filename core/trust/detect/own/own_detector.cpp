#include "core/trust/detect/own/own_detector.h"

namespace ephor::detect {

CustomDetector customDetectorOf(const OwnDetector& own)
{
    CustomDetector detector;
    detector.entity = own.entity;
    detector.title = own.title.empty() ? std::string(own.entity) : std::string(own.title);
    detector.pattern = own.pattern;
    detector.words.assign(own.words.begin(), own.words.end());
    detector.score = double(own.score) / 100;
    for (const Hotwords& hotwords : own.hotwords)
        detector.hotwords.push_back(
            {{hotwords.words.begin(), hotwords.words.end()}, hotwords.within, double(hotwords.change) / 100});
    return detector;
}

}
