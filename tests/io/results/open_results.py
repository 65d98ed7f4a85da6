"""Opens a result file the way its readers do: xarray, h5py, netCDF4. Exit 77: they are not installed."""
import sys
try:
    import h5py, netCDF4, numpy as np, xarray
except ImportError as why:
    print("skipped:", why)
    sys.exit(77)

path = sys.argv[1]
failed = []


def check(name, claim):
    if not claim:
        failed.append(name)
        print("FAIL", name)


root = xarray.open_dataset(path)
check("root has its table", root["promised"].dims == ("indicator",))
names = list(root["indicator"].values)
check("names are texts", "reuse_rate.conventional" in names and "印染厂.unit_intake.cloth.all_sources" in names)
check("no phony dimension", not any(d.startswith("phony") for d in root.dims))
rate = float(root["promised"].sel(indicator="reuse_rate.conventional"))

g = xarray.open_dataset(path, group="indicators/promised")
row = g.sel(indicator="reuse_rate.conventional")
check("value is its fraction", float(row["numerator"]) / float(row["denominator"]) == rate == float(row["value"]))
check("both languages", str(row["label_zh"].values) == "重复利用率" and str(row["label_en"].values) == "reuse rate")
check("the target speaks of it", int(row["target"]) == 0 and int(row["reached"]) == 1)
check("lossless: 3/1 scaled volumes", float(g.sel(indicator="intake.all_sources")["value"]) == 150 * 365 * 3)

d = xarray.open_dataset(path, group="design")
check("flows by season and link", d["link_flow"].dims == ("season", "link") and d["link_flow"].shape == (2, 6))
check("links have ends", list(d["link_from"].values)[2] == "wwtp" and list(d["link_to"].values)[2] == "plant")
check("conc has three dimensions", d["outlet_conc"].dims == ("season", "outlet", "constituent"))
check("constituents by name", list(d["constituent"].values) == ["COD", "TDS"])
check("status", d.attrs["status"] == "gap_reached" and d.attrs["bound"] == 993.0)
check("NaN where nothing is sized", np.isnan(d["unit_size"].values[0]))
c = xarray.open_dataset(path, group="design/cost")
check("cost lines sum to the objective", float(c["yearly"].sum()) == d.attrs["objective"])

l = xarray.open_dataset(path, group="ledger/promised")
water = l["link_water"].sel(link="l1").sum()
check("ledger holds the year", float(water) == 100 * 365 * 3)
check("units", l["link_water"].attrs["units"] == "m3 year-1")
check("first and used share", abs(float((l["link_first_share"].sum("origin") + l["link_used_share"]).max()) - 1) < 1e-12)

k = xarray.open_dataset(path, group="closures")
check("closures are doubles", k["water_residual"].dtype == np.float64 and float(k["water_residual"].max()) < 1e-12)
out = k["mass_out"].sel(account="promised") + k["mass_removed"].sel(account="promised")
into = k["mass_in"].sel(account="promised") + k["mass_added"].sel(account="promised")
check("mass closes as stored", float(abs(into - out).max()) < 1e-9 * float(into.max()))

s = xarray.open_dataset(path, group="series")
check("time is decoded", str(s["time"].values[0]).startswith("2024-12-31T17:00"))
check("columns have names", list(s["column"].values) == ["l1.flow", "plant.inlet.COD"])
v = s["value"].sel(column="l1.flow").values
want = 0.1 + 0.001 * np.sin(np.arange(600))
check("13 bits: within 2^-14", np.max(np.abs(v / want - 1)) <= 2.0**-14)
check("13 bits: not more", np.max(np.abs(v / want - 1)) > 2.0**-20)
check("says so", s["value"].attrs["mantissa_bits"] == 13)
check("a gap stays a gap", np.isnan(s["value"].sel(column="plant.inlet.COD").values[7]))

p = xarray.open_dataset(path, group="front")
check("a front by point and objective", p["value"].dims == ("point", "objective") and list(p["objective"].values) == ["fresh_water", "cost"])
check("its cheapest water", float(p["value"].sel(point=1, objective="fresh_water")) == 1e5 and float(p["bound"].sel(point=2, objective="cost")) == 1.485e6)
check("nothing proven is NaN", np.isnan(p["bound"].values[2, 0]) and list(p["status"].values) == ["gap_reached", "gap_reached", "limit_feasible"])
check("the knee", list(p["knee"].values) == [0, 1, 0] and p.attrs["missing"] == 2 and p.attrs["dominated"] == 1)

w = xarray.open_dataset(path, group="worth")
check("worth by statement", list(w["statement"].values) == ["targets.reuse_rate", "sources.river.capacity"] and float(w["looser"][0]) == 5e4)
check("its unit", list(w["per"].values) == ["percentage point", "m3/h"] and float(w["unit"][0]) == 0.01 and w["looser"].attrs["units"] == "CNY year-1")
check("no plan is infinite, not asked is NaN", np.isinf(w["tighter"].values[0]) and np.isnan(w["looser"].values[1]))
check("its place and the duals", int(w["line"][0]) == 12 and w.attrs["duals"] == "told" and w.attrs["base"] == 999.0 and int(w["minimum"][0]) == 1)

t = xarray.open_dataset(path, group="stages")
check("stages by year", list(t["year"].values) == [2025, 2027] and list(t["spent"].values) == [0.0, 5000.0] and list(t["budget"].values) == [2e6, 9e6])
check("what is built when", int(t["unit_year"].sel(unit="wwtp")) == 2027 and int(t["unit_year"].sel(unit="river")) == 0 and float(t["unit_investment"].sel(unit="wwtp")) == 5000.0)
v = t["indicator_value"].sel(indicator="reuse_rate.conventional")
check("indicators by stage", np.isnan(float(v[0])) and float(v[1]) == rate)

r = xarray.open_dataset(path, group="rounds")
check("rounds", list(r["objective"].values) == [980.0, 1000.0] and list(r["violations"].values) == [4, 1])
x = xarray.open_dataset(path, group="simulation/violations")
check("violation", str(x["kind"].values[0]) == "quality_in" and float(x["simulated"][0]) == 0.052)

with h5py.File(path) as f:
    check("yaml is kept", f["provenance/resolved_yaml"][()].decode() == "parkwater: 1\nname: 示范\n")
    check("creation order", list(f)[0] == "indicator" or "design" in list(f))
    check("wall clock apart", "seconds" in f["wall_clock"].attrs and "seconds" not in f["design"].attrs)
    check("compressed", f["series/value"].compression == "gzip" and f["series/value"].shuffle)
    check("a chunk a column", f["series/value"].chunks == (600, 1))
    no_scale = []

    def look(name, item):
        if isinstance(item, h5py.Dataset) and item.shape and not h5py.h5ds.is_scale(item.id):
            no_scale.extend(name for d in item.dims if len(d) == 0)
    f.visititems(look)
    check("every dimension has its scale: %s" % no_scale, not no_scale)

with netCDF4.Dataset(path) as f:
    check("netCDF4 opens", f.Conventions == "CF-1.11" and "series" in f.groups)
    check("order kept", list(f.groups)[:3] == ["indicators", "design", "ledger"])

print("opened,", "all right" if not failed else "%d failed" % len(failed))
sys.exit(1 if failed else 0)
