/** The catalogue of the demo company: SKU, name, category, brand, price and cost in USD, stock ('' = not kept in stock), description. */
export interface CatalogueItem {
  sku: string
  name: string
  category: string
  brand: string
  price: string
  cost: string
  stock: number | undefined
  active: boolean
  description: string
  /** How often it is ordered beside the others. */
  demand: number
}

const rows = `
PT-100|PressureSense Mini|Pressure sensors|Northlight|149.00|61.00|840|Compact pressure transmitter, 0-10 bar, 4-20 mA|9
PT-200|PressureSense Pro|Pressure sensors|Northlight|289.00|118.00|412|Pressure transmitter with display, 0-100 bar, HART|8
PT-250|PressureSense Pro EX|Pressure sensors|Northlight|465.00|201.00|96|Explosion-proof pressure transmitter, ATEX zone 1|3
PT-300|PressureSense Hygienic|Pressure sensors|Northlight|398.00|176.00|120|Flush diaphragm for food and pharma|4
PT-900|Differential Pressure Cell|Pressure sensors|Aldermark|612.00|330.00|0|Differential pressure for filters and ducts|2
TT-100|ThermoSense Basic|Temperature sensors|Northlight|89.00|31.00|1500|Pt100 probe, 6 mm, 200 C|9
TT-150|ThermoSense Surface|Temperature sensors|Northlight|74.50|26.00|930|Stick-on surface probe|5
TT-200|ThermoSense Wireless|Temperature sensors|Northlight|179.00|77.00|388|Battery-powered LoRaWAN temperature sensor|8
TT-400|Furnace Thermocouple K|Temperature sensors|Hartwell|129.00|58.00|210|Type K up to 1,100 C|3
TT-410|Furnace Thermocouple S|Temperature sensors|Hartwell|540.00|402.00|14|Type S, platinum, up to 1,600 C|1
FM-100|FlowMaster Clamp-On|Flow meters|Northlight|1290.00|610.00|64|Ultrasonic clamp-on flow meter, no pipe cutting|5
FM-200|FlowMaster Magnetic DN50|Flow meters|Northlight|1850.00|930.00|38|Magnetic-inductive flow meter DN50|4
FM-210|FlowMaster Magnetic DN100|Flow meters|Northlight|2640.00|1405.00|17|Magnetic-inductive flow meter DN100|3
FM-300|FlowMaster Coriolis|Flow meters|Aldermark|6200.00|3800.00|6|Coriolis mass flow and density|1
FM-050|Paddle Wheel Flow Switch|Flow meters|Hartwell|118.00|49.00|260|Simple flow switch for cooling water|3
LV-100|LevelSense Radar|Level sensors|Northlight|980.00|455.00|72|80 GHz radar level transmitter|4
LV-200|LevelSense Ultrasonic|Level sensors|Northlight|420.00|188.00|133|Ultrasonic level for open tanks|4
LV-300|Float Switch|Level sensors|Hartwell|38.00|12.00|2200|Stainless float switch|5
LV-400|Capacitive Level Probe|Level sensors|Aldermark|355.00|170.00|0|Capacitive probe for powders|2
VB-100|VibraWatch One|Vibration sensors|Northlight|239.00|97.00|505|Wireless vibration and temperature for motors|9
VB-200|VibraWatch Tri-Axial|Vibration sensors|Northlight|419.00|182.00|214|Three-axis accelerometer, 10 kHz|6
VB-300|VibraWatch High-G|Vibration sensors|Northlight|690.00|335.00|41|For crushers and mills|2
VB-900|Proximity Probe Kit|Vibration sensors|Hartwell|880.00|520.00|23|Shaft displacement probe, 8 mm|2
GS-100|Gas Detector CO|Gas detection|Aldermark|310.00|152.00|88|Fixed carbon monoxide detector|2
GS-110|Gas Detector H2S|Gas detection|Aldermark|345.00|168.00|57|Fixed hydrogen sulphide detector|2
GS-200|Gas Detector CH4|Gas detection|Aldermark|365.00|181.00|49|Fixed methane detector|2
HU-100|HumidSense Room|Humidity sensors|Northlight|96.00|37.00|640|Room humidity and temperature|4
HU-200|HumidSense Duct|Humidity sensors|Northlight|134.00|55.00|310|Duct humidity transmitter|3
PW-100|PowerTrack Single|Energy meters|Northlight|165.00|72.00|275|Single-phase energy meter, Modbus|4
PW-300|PowerTrack Three-Phase|Energy meters|Northlight|295.00|131.00|190|Three-phase energy meter with current clamps|5
GW-100|EdgeHub Lite|Gateways|Northlight|349.00|160.00|220|LoRaWAN gateway, indoor|6
GW-200|EdgeHub Outdoor|Gateways|Northlight|690.00|330.00|84|LoRaWAN gateway, IP67, PoE|5
GW-300|EdgeHub Industrial|Gateways|Northlight|1150.00|560.00|47|Gateway with Modbus, OPC UA and 5G|4
GW-310|EdgeHub Industrial Redundant|Gateways|Northlight|1980.00|1010.00|0|Two hot-standby gateways in one housing|1
IO-008|Remote I/O 8|Controllers|Hartwell|215.00|98.00|150|Eight analogue inputs, Ethernet|3
IO-016|Remote I/O 16|Controllers|Hartwell|365.00|171.00|92|Sixteen analogue inputs, Ethernet|3
PLC-10|CompactLogic Controller|Controllers|Hartwell|740.00|420.00|31|Small PLC with web server|2
DSP-07|Panel Display 7in|Controllers|Hartwell|410.00|214.00|66|Touch panel for machines|2
SW-CL1|Northlight Cloud Starter|Software|Northlight|1200.00|90.00||Cloud dashboard, 25 sensors, one year|7
SW-CL2|Northlight Cloud Business|Software|Northlight|4800.00|310.00||Cloud dashboard, 250 sensors, one year|6
SW-CL3|Northlight Cloud Enterprise|Software|Northlight|18500.00|1400.00||Unlimited sensors, single sign-on, one year|2
SW-PM1|Predictive Maintenance Module|Software|Northlight|6900.00|520.00||Anomaly detection for rotating machines, one year|4
SW-EN1|Energy Insights Module|Software|Northlight|3600.00|280.00||Energy reports after ISO 50001, one year|3
SW-API|API Access|Software|Northlight|2400.00|60.00||REST and MQTT access, one year|3
SW-HIS|On-Premise Historian|Software|Aldermark|9800.00|5200.00||Time series database for closed networks|1
SV-INS|Installation Day|Services|Northlight|1100.00|640.00||One engineer, one day, on site|6
SV-CAL|Calibration Certificate|Services|Northlight|85.00|28.00||ISO 17025 calibration, per sensor|8
SV-TRN|Operator Training|Services|Northlight|1450.00|520.00||One day for up to ten people|3
SV-SUP|Premium Support|Services|Northlight|5200.00|1900.00||24/7 hotline, one year|3
SV-AUD|Energy Audit|Services|Northlight|7800.00|4100.00||On-site audit with report|1
AC-CB5|Sensor Cable 5 m|Accessories|Cablecraft|14.90|4.20|5200|M12, 5 m|9
AC-CB10|Sensor Cable 10 m|Accessories|Cablecraft|22.50|6.90|3100|M12, 10 m|7
AC-MNT|Mounting Kit|Accessories|Cablecraft|19.00|5.50|2700|Brackets and screws|8
AC-MAG|Magnet Mount|Accessories|Cablecraft|27.00|9.00|1400|For vibration sensors|6
AC-BAT|Battery Pack|Accessories|Cablecraft|16.50|5.00|3900|Lithium, for wireless sensors|8
AC-WEL|Thermowell 150 mm|Accessories|Hartwell|64.00|27.00|330|Stainless steel, G1/2|4
AC-ENC|Weatherproof Enclosure|Accessories|Cablecraft|58.00|22.00|410|IP66 polycarbonate|4
AC-ANT|Outdoor Antenna|Accessories|Cablecraft|79.00|31.00|180|868/915 MHz|3
XX-010|PressureSense Classic|Pressure sensors|Northlight|119.00|64.00|12|Discontinued, replaced by PressureSense Mini|0
XX-020|EdgeHub 3G|Gateways|Northlight|299.00|170.00|5|Discontinued: 3G networks are closing|0`

export const catalogue: readonly CatalogueItem[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [sku = '', name = '', category = '', brand = '', price = '', cost = '', stock = '', description = '', demand = '0'] = row.split('|')
    return {
      sku,
      name,
      category,
      brand,
      price,
      cost,
      stock: stock === '' ? undefined : Number(stock),
      active: demand !== '0',
      description,
      demand: Number(demand),
    }
  })
