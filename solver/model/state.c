#include <parkwater/state.h>

static const struct {
    const char *word;
    park_label  label;
} EVENT[PARK_EVENT_KINDS] = {
    [PARK_EVENT_EMPTY]          = {"empty", {"放空", "empty"}},
    [PARK_EVENT_FULL]           = {"full", {"蓄满", "full"}},
    [PARK_EVENT_LEVEL_SWITCH]   = {"level_switch", {"液位切换", "switched by level"}},
    [PARK_EVENT_BLOWDOWN]       = {"blowdown", {"排污阀动作", "blowdown valve moved"}},
    [PARK_EVENT_FAILURE_BEGINS] = {"failure_begins", {"故障开始", "failure begins"}},
    [PARK_EVENT_FAILURE_ENDS]   = {"failure_ends", {"故障结束", "failure ends"}},
    [PARK_EVENT_CLOSED]         = {"closed", {"停产", "closed"}},
    [PARK_EVENT_OPENED]         = {"opened", {"复产", "opened"}},
    [PARK_EVENT_BACKWASH]       = {"backwash", {"反洗", "backwash"}},
    [PARK_EVENT_CLEANING]       = {"cleaning", {"化学清洗", "chemical cleaning"}},
    [PARK_EVENT_REGENERATION]   = {"regeneration", {"再生", "regeneration"}},
    [PARK_EVENT_RESUMED]        = {"resumed", {"恢复运行", "back to work"}},
};

const char *park_event_word(park_event_kind kind)
{
    return EVENT[kind].word;
}

park_label park_event_label(park_event_kind kind)
{
    return EVENT[kind].label;
}
