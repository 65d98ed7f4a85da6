#!/usr/bin/env python3
"""The law of the domain, and parks that try to get around it, through the command line: dilution, food, first-class pollutants,
the exit of salt, a rate that is pumped up.

usage: law.py PARKWATER
"""
import copy, json, os, subprocess, sys, tempfile

PARKWATER = os.path.abspath(sys.argv[1])
GAP = 1e-3
failures = []
CLEAN = {"COD": "1 mg/L", "TDS": "50 mg/L"}


def claim(what, holds, said=""):
    print(("ok     " if holds else "FAILED ") + what, flush=True)
    if not holds:
        failures.append(what)
        print("      ", str(said)[:700])


def park(limit="100 mg/L", **sections):
    """A dye works drains 201 mg/L COD to an outfall that takes 100: with river water at a cent, thinning would be cheap."""
    one = {"parkwater": 1, "period": "steady", "constituents": ["COD", "TDS"],
           "sources": {"river": {"kind": "surface", "price": "0.01 CNY/m3", "quality": CLEAN}},
           "users": {"dye": {"kind": "process", "demand": "50 m3/h", "inlet": {"COD": "1 mg/L"}, "adds": {"COD": "10 kg/h", "TDS": "20 kg/h"}}},
           "sinks": {"out": {"kind": "outfall", "limits": {"COD": limit}}}, "connections": {"candidates": "all"}}
    for name, words in sections.items():
        if isinstance(words, dict) and isinstance(one.get(name), dict):
            one[name] = {**one[name], **words}
        else:
            one[name] = words
    return {name: words for name, words in one.items() if words is not None}


def ask(one, job="optimize", *words):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "park.yaml")
        with open(path, "w", encoding="utf-8") as file:
            json.dump(one, file, ensure_ascii=False)
        more = ["-o", os.path.join(folder, "run.h5"), "--gap", str(GAP), "--work-limit", "20000"] if job == "optimize" else []
        done = subprocess.run([PARKWATER, job, path, "--json", *more, *words], capture_output=True, text=True,
                              env={**os.environ, "LANG": "C"}, timeout=120)
        return done.returncode, json.loads(done.stdout)


def codes(answer):
    return [finding["code"] for finding in answer.get("findings", [])]


# ---- dilution: no park of these may keep the limit ----
ELASTIC = {
    "a free user": {"kind": "process", "demand": "free", "adds": {"COD": "0.1 kg/h"}},
    "a free user with limits": {"kind": "process", "demand": "free", "inlet": {"COD": "50 mg/L"}, "outlet": {"COD": "40 mg/L"}, "adds": {"COD": "0.1 kg/h"}},
    "a user with a maximum": {"kind": "process", "demand": {"max": "500 m3/h"}, "inlet": {"COD": "20 mg/L"}, "outlet": {"COD": "200 mg/L"},
                              "adds": {"COD": "0.1 kg/h"}},
    "a user between bounds": {"kind": "process", "demand": {"min": "1 m3/h", "max": "500 m3/h"}},
    "a user with two free inlets": {"kind": "process", "inlets": {"cold": {"demand": "free"}, "hot": {"demand": "free"}}, "adds": {"COD": "0.1 kg/h"}},
    "a user with two inlets and limits": {"kind": "process", "outlet": {"COD": "40 mg/L"}, "adds": {"COD": "0.1 kg/h"},
                                          "inlets": {"cold": {"demand": "free", "limits": {"COD": "20 mg/L"}}, "hot": {"demand": {"max": "500 m3/h"}}}},
    "a user with a stated inlet beside a free one": {"kind": "process", "outlet": {"COD": "40 mg/L"}, "adds": {"COD": "0.1 kg/h"},
                                                     "inlets": {"cold": {"demand": "5 m3/h"}, "hot": {"demand": {"max": "500 m3/h"}}}},
    "a user with least flows": {"kind": "process", "inlets": {"cold": {"demand": {"min": "3 m3/h", "max": "500 m3/h"}}, "hot": {"demand": {"min": "2 m3/h", "max": "500 m3/h"}}}},
}


# Who blows down or rejects water may do so as needed; 50 m3/h of river water more would bring the dye works' 201 mg/L below 100.
TOWER = {"kind": "cooling_tower", "circulation": "2000 m3/h", "range": "8 K", "drift": "0.01 %"}
BLOWING = {
    "a tower with limits": {**TOWER, "circulating_limits": {"TDS": "1000 mg/L"}},
    "a tower with cycles": {**TOWER, "cycles": 5},
    "a tower that nothing limits": TOWER,
    "a boiler": {"kind": "boiler", "steam": "60 t/h", "condensate_return": "60 %", "blowdown": "2 %"},
    "a boiler with limits": {"kind": "boiler", "steam": "60 t/h", "condensate_return": "60 %", "limits": {"TDS": "1000 mg/L"}},
    "a boiler whose condensate is led away": {"kind": "boiler", "steam": "60 t/h", "condensate_return": "60 %", "blowdown": "2 %"},
}
# All that it makes goes into goods; half of the river water that it draws is rejected: 60 m3/h of nearly clean water.
MAKING = {"brew": {"kind": "process", "demand": "60 m3/h", "loss": "100 %", "inlet": {"TDS": "30 mg/L"}}}
OSMOSIS = {"ro": {"technology": "removal", "role": "supply", "recovery": "50 %", "removal": {"TDS": "90 %"}}}


def blowing():
    for what, user in BLOWING.items():
        led = {"candidates": "all", "existing": [["blower.condensate", "out"]]} if "led away" in what else {"candidates": "all"}
        own = {"users": {"blower": user}, "connections": led}
        end, answer = ask(park(**own))
        claim(f"{what} thins no discharge", end == 3, answer)
        end, answer = ask(park(law={"dilution": "allowed"}, **own))
        claim(f"{what} would, where dilution is allowed", end == 0, answer)
        held, free = ask(park("900 mg/L", **own)), ask(park("900 mg/L", law={"dilution": "allowed"}, **own))
        claim(f"{what} is not held short where nothing is thinned", held[0] == 0 and free[0] == 0 and
              held[1]["objective"] <= free[1]["objective"] * (1 + 2 * GAP), (held, free))


def rejecting():
    own = {"users": MAKING, "treatments": OSMOSIS}
    claim("reject of clean water thins no discharge", ask(park(**own))[0] == 3)
    claim("where dilution is allowed it does", ask(park(law={"dilution": "allowed"}, **own))[0] == 0)
    held, free = ask(park("900 mg/L", **own)), ask(park("900 mg/L", law={"dilution": "allowed"}, **own))
    claim("it may leave where nothing is thinned", held[0] == 0 and free[0] == 0 and held[1]["objective"] <= free[1]["objective"] * (1 + 2 * GAP), (held, free))
    plant = {"plant": {"technology": "removal", "role": "waste", "removal": {"COD": "20 %"}}}  # 161 mg/L by itself
    claim("nor through a waste treatment", ask(park(users=MAKING, treatments={**OSMOSIS, **plant}))[0] == 3)
    claim("nor through a storage", ask(park(storages={"tank": {"kind": "tank", "volume": {"max": "100 m3"}}}, **own))[0] in (3, 6))
    end, answer = ask(park("900 mg/L", users=MAKING, treatments={**OSMOSIS, **plant}, connections={"candidates": "all", "existing": [["ro.reject", "plant"]]}))
    claim("into a waste treatment it is led where somebody says so", end in (0, 6) and answer["objective"] is not None, answer)


def source(kind):
    more = {"inflow": "500 m3/h"} if kind == "mine" else {}
    return {"kind": kind, "price": "0.01 CNY/m3", "quality": CLEAN, **more}


def dilution():
    claim("the limit cannot be kept by itself", ask(park())[0] == 3)
    end, answer = ask(park(law={"dilution": "allowed"}))
    claim("where dilution is allowed it is found", end == 0, answer)
    for kind in ("surface", "ground", "municipal", "reclaimed", "mine"):
        claim(f"{kind} water thins no discharge", ask(park(sources={"other": source(kind)}))[0] == 3)
        end, answer = ask(park(sources={"other": source(kind)}, connections={"candidates": "all", "existing": [["other", "out"]]}), "check")
        claim(f"{kind} water with a pipe to the outfall is refused", end == 1 and "E0508" in codes(answer), answer)
    end, answer = ask(park(storages={"tank": {"kind": "tank", "volume": {"max": "100 m3"}}}))
    claim("nor through a storage", end in (3, 6) and answer["objective"] is None, answer)
    plant = {"plant": {"technology": "removal", "role": "waste"}}
    end, answer = ask(park(treatments=plant))
    claim("nor through a waste treatment", end in (3, 6) and answer["objective"] is None, answer)
    end, answer = ask(park(treatments=plant, connections={"candidates": "all", "existing": [["river", "plant"]]}), "check")
    claim("a pipe of clean water to a waste treatment is refused", end == 1 and "E0508" in codes(answer), answer)
    soft = {"soft": {"technology": "removal", "role": "supply"}}
    end, answer = ask(park(treatments=soft, connections={"candidates": "all", "existing": [["dye", "soft"], ["soft", "out"], ["river", "soft"]]}), "check")
    claim("a supply treatment that somebody feeds with wastewater is no detour", end == 1 and "E0508" in codes(answer), answer)
    for what, user in ELASTIC.items():
        end, answer = ask(park(users={"wash": user}))
        claim(f"{what} carries no clean water beyond the need", end == 3, answer)
        loose = park("2000 mg/L", users={"wash": user})
        free = ask({**copy.deepcopy(loose), "law": {"dilution": "allowed"}})
        held = ask(loose)
        claim(f"{what} is not held short where nothing is thinned", held[0] == 0 and free[0] == 0 and
              held[1]["objective"] <= free[1]["objective"] * (1 + 2 * GAP), (held, free))


# ---- food ----
def food(sector, words=None, **sections):
    return park(None, enterprises={"maker": {"name": "maker", "sector": sector}}, sinks={"out": {"kind": "outfall"}},
                sources={"river": {"kind": "surface", "price": "9 CNY/m3", "quality": CLEAN},
                         "city": {"kind": "reclaimed", "price": "0.01 CNY/m3", "quality": CLEAN}},
                users={"dye": {"kind": "process", "enterprise": "maker", "demand": "50 m3/h", "adds": {"COD": "1 kg/h", "TDS": "2 kg/h"}, **(words or {})},
                       "yard": {"kind": "process", "demand": "10 m3/h", "adds": {"COD": "1 kg/h", "TDS": "1 kg/h"}}}, **sections)


def takes_river(one):
    """Only the river serves the food works: 50 m3/h at 9 CNY/m3; the yard, which may take anything, pays at most a cent."""
    end, answer = ask(one)
    return end == 0 and 0.999 * 9 * 50 * 8760 <= answer["objective"], answer


def food_contact():
    for sector in ("food", "Food and Beverages", "brewery", "dairy", "食品制造业", "农副食品加工", "啤酒", "乳制品"):
        claim(f"{sector}: no reclaimed water", *takes_river(food(sector)))
    for sector in ("textile", "footwear", "hotel"):
        claim(f"{sector}: reclaimed water as anybody", not takes_river(food(sector))[0])
    claim("direct cooling meets the product", *takes_river(food("food", {"use": "direct_cooling"})))
    claim("indirect cooling does not", not takes_river(food("food", {"use": "indirect_cooling"}))[0])
    claim("not by blending", *takes_river(food("food", {"inlet": {"TDS": "50 mg/L"}})))
    for what, section in (("a treatment", {"treatments": {"uf": {"technology": "removal", "removal": {"COD": "99 %"}}}}),
                          ("a storage", {"storages": {"tank": {"kind": "tank", "volume": {"max": "100 m3"}}}})):
        name = "uf" if "treatments" in section else "tank"
        end, answer = ask(food("food", connections={"candidates": "all", "existing": [["city", name], [name, "dye"], [name, "yard"]]}, **section), "check")
        claim(f"not through {what}", end == 1 and "E0509" in codes(answer), answer)
    end, answer = ask(food("food", connections={"candidates": "all", "existing": [["city", "dye"]]}), "check")
    claim("nor by a pipe that stands", end == 1 and "E0509" in codes(answer), answer)
    claim("where the law allows it, it is used", not takes_river(food("food", law={"reclaimed_to_food": "allowed"}))[0])


# ---- first-class pollutants ----
def first_class():
    plating = {"kind": "process", "demand": "10 m3/h", "adds": {"Cd": "0.005 kg/h"}}  # 0.5 mg/L at the workshop
    one = park(None, constituents=["Cd"], sources={"river": {"kind": "surface", "price": "1 CNY/m3", "quality": {"Cd": "0 mg/L"}}},
               users={"dye": {"kind": "process", "demand": "190 m3/h"}, "plating": plating}, sinks={"out": {"kind": "outfall", "limits": {"Cd": "0.1 mg/L"}}})
    end, answer = ask(one, "check")
    claim("a workshop without a limit of its own is told", end == 0 and "W0515" in codes(answer), answer)
    claim("(mixed with 190 m3/h the outfall's limit would hold)", ask(one)[0] == 0)
    strict = copy.deepcopy(one)
    strict["users"]["plating"]["outlet"] = {"Cd": "0.1 mg/L"}
    claim("mixing does not help the workshop's own limit", ask(strict)[0] == 3)
    strict["users"]["plating"]["outlet"] = {"Cd": "0.6 mg/L"}
    claim("a limit that the workshop keeps is no obstacle", ask(strict)[0] == 0)


# ---- salt ----
def salt_exit():
    ro = {"ro": {"technology": "removal", "recovery": "75 %", "removal": {"COD": "99 %"}, "destroyed": ["COD"], "rejection": {"TDS": "97 %"}}}
    dye = {"dye": {"kind": "process", "demand": "50 m3/h", "loss": {"evaporation": "30 %"}, "adds": {"COD": "1 kg/h", "TDS": "2 kg/h"}}}
    ring = {"candidates": [["river", "dye"], ["dye", "ro"], ["ro", "dye"], ["ro.reject", "dye"]]}
    for what, sections in (("an RO whose reject comes back", {"sinks": None, "connections": ring}),
                           ("with a pond in the loop", {"sinks": None, "storages": {"pond": {"kind": "tank", "volume": {"max": "1000 m3"}}}}),
                           ("an outfall that accepts the river alone", {"sinks": {"out": {"kind": "outfall", "accepts": ["river"]}}}),
                           ("an outfall without capacity", {"sinks": {"out": {"kind": "outfall", "capacity": "0 m3/h"}}}),
                           ("an outfall that takes no salt", {"sinks": {"out": {"kind": "outfall", "limits": {"TDS": "0 mg/L"}}}})):
        end, answer = ask(park(treatments=ro, users=dye, **sections), "check")
        claim(f"salt has no exit: {what}", end == 1 and "E0503" in codes(answer) and "TDS enters" in str(answer), answer)
    claim("an exit for the reject is enough", ask(park(treatments=ro, users=dye, sinks={"out": {"kind": "outfall"}}), "check")[0] == 0)


# ---- the rate ----
def rate_of(answer):
    found = [i for i in answer["indicators"] if i["id"] == "reuse_rate" and i["basis"] == "all_sources" and i["subject"] in ("", None, "park")]
    return found[0]["value"] if found else None


def the_rate():
    for objective in ("reuse_rate", ["reuse_rate"], ["cost", "reuse_rate"], {"pareto": ["reuse_rate", "cost"]}):
        end, answer = ask(park("900 mg/L", objective=objective), "check")
        claim(f"objective {objective} is refused with the reason", end == 1 and "circulating more water" in str(answer), answer)
    # One user, nothing else: no use can follow another. What goes in circles through a treatment or a storage is no use.
    ring = {"plant": {"technology": "removal", "removal": {"COD": "50 %"}, "opex": "0 CNY/m3"},
            "other": {"technology": "removal", "removal": {"COD": "50 %"}, "opex": "0 CNY/m3"}}
    one = park("900 mg/L", treatments=ring, connections={"candidates": [["river", "dye"], ["dye", "plant"], ["plant", "plant"], ["plant", "other"],
                                                                       ["other", "plant"], ["plant", "out"], ["other", "out"], ["dye", "out"]], "self": True},
               targets={"reuse_rate": {"min": "5 %", "basis": "all_sources"}})
    end, answer = ask(one)
    claim("water pumped in a circle through treatments reaches no rate", end in (1, 3), answer)
    idle = {"idle": {"kind": "process", "demand": {"max": "500 m3/h"}}}
    end, answer = ask(park("900 mg/L", users=idle, targets={"reuse_rate": {"min": "60 %", "basis": "all_sources"}}))
    claim("a user that needs no water counts none", end in (1, 3), answer)
    need = {"wash": {"kind": "process", "demand": "50 m3/h"}}
    end, answer = ask(park("900 mg/L", users=need, targets={"reuse_rate": {"min": "50 %", "basis": "all_sources"}}))
    claim("one that does counts", end == 0, answer)


def main():
    dilution()
    blowing()
    rejecting()
    food_contact()
    first_class()
    salt_exit()
    the_rate()
    print(f"{len(failures)} claims failed")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
