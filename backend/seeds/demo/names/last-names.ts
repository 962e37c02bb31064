import type { Culture } from './first-names.ts'
import { combine, words } from './words.ts'

const british = combine(
  words(
    'Ash Black Brad Brook Brough Cald Carl Clif Cole Cran Dal Den Dun East Ed Elling Fair Farn Glad Green Hal Ham Har Hart Hather Hay Hol Hunting Kirk Lang Lin Long Lund Mar Mid Nor Oak Pem Pres Rad Rush Sal Shel Stan Staf Strat Sut Thorn Wake Wal Ward West Whit Win Wood Wor',
  ),
  words(
    'bury by combe cott croft dale den don field ford grave ham hurst land leigh ley man mere more ridge shaw stead ster stock stone ton wall ward wick wood worth',
  ),
)

/** Family names by culture. The composed ones keep the vocabulary wide when there are a million people. */
export const lastNames: Record<Culture, readonly string[]> = {
  english: [
    ...words(`Smith Johnson Williams Brown Jones Miller Davis Wilson Anderson Taylor Moore Jackson Martin Lee Thompson White Harris Clark Lewis Robinson Walker Young
      Allen King Wright Scott Hill Adams Baker Nelson Carter Mitchell Roberts Turner Phillips Campbell Parker Evans Edwards Collins Stewart Morris Rogers Reed Cook
      Morgan Bell Murphy Bailey Cooper Richardson Cox Howard Ward Peterson Gray James Watson Brooks Kelly Sanders Price Bennett Wood Barnes Ross Henderson Coleman
      Jenkins Perry Powell Long Patterson Hughes Washington Butler Simmons Foster Bryant Alexander Russell Griffin Hayes Myers Hamilton Graham Sullivan Wallace West
      Cole Jordan Reynolds Fisher Ellis Gibson McDonald Cruz Marshall Owens Burns Gordon Shaw Holmes Rice Robertson Hunt Black Daniels Palmer Mills Nichols Knight
      Ferguson Stone Hawkins Dunn Perkins Hudson Spencer Gardner Payne Pierce Berry Matthews Wagner Willis Ray Watkins Olson Carroll Duncan Snyder Hart Cunningham
      Bradley Lane Andrews Ruiz Harper Fox Riley Armstrong Carpenter Weaver Greene Lawrence Elliott Chavez Sims Austin Peters Kelley Franklin Lawson Fields Ryan
      Schmidt Carr Vasquez Castillo Wheeler Chapman Oliver Montgomery Richards Williamson Johnston Banks Meyer Bishop McCoy Howell Morrison Hansen Garza Burton
      MacLeod Fraser Drummond Llewellyn Pritchard Featherstone Cholmondeley O'Connor St._John`),
    ...british,
  ],
  irish: words(
    "O'Brien Ó_Briain Byrne O'Sullivan Kennedy Gallagher O'Neill Doyle Brennan Quinn Nolan Fitzgerald Ní_Dhomhnaill Maguire Keane Hennessy Tierney McCarthy Ó_Súilleabháin Lynch",
  ),
  german: [
    ...words(
      'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Krause Lehmann Köhler Herrmann König Walter Böhm Jäger Groß Weiß Vogt Günther Bäcker',
    ),
    ...combine(
      words('Alten Berg Brand Eichen Fels Gold Hagen Kirch Lauter Linden Ober Rosen Schön Silber Stein Stolz Tannen Unter Wald Winter'),
      words('bach baum berg born burg dorf egger feld hofer mann meier stein tal thal wald'),
    ),
  ],
  french: [
    ...words(
      'Martin Bernard Dubois Thomas Robert Richard Petit Durand Leroy Moreau Simon Laurent Lefèvre Michel Garcia Roux Fournier Girard Bonnet Dupont Lambert Fontaine Rousseau Vincent Müller Lefebvre Faure André Mercier Blanc Guérin Boyer Garnier Chevalier François Legrand Gauthier Perrin Béranger',
    ),
    ...combine(words('Beau Bel Bois Chante Clair Fon Grand Haute Mont Neuf Roche Val Ville'), words('champ clair court fort mont pré ré val vert ville')),
  ],
  spanish:
    words(`García Rodríguez González Fernández López Martínez Sánchez Pérez Gómez Jiménez Ruiz Hernández Díaz Moreno Muñoz Álvarez Romero Alonso Gutiérrez Navarro Torres
    Domínguez Vázquez Ramos Gil Ramírez Serrano Blanco Molina Suárez Ortega Delgado Castro Ortiz Rubio Marín Sanz Núñez Iglesias Medina Garrido Cortés Castillo Santos Lozano
    Guerrero Cano Prieto Méndez Cruz Calvo Gallego Vidal León Herrera Márquez Peña Flores Cabrera Campos Vega Fuentes Carrasco Ibáñez Echeverría Etxebarria`),
  portuguese: words(
    'Silva Santos Oliveira Souza Pereira Costa Rodrigues Almeida Nascimento Lima Araújo Fernandes Carvalho Gomes Martins Rocha Ribeiro Alves Monteiro Mendes Barros Freitas Barbosa Pinto Moura Cavalcanti Dias Castro Campos Cardoso Gonçalves Simões Brandão Magalhães',
  ),
  italian: words(
    'Rossi Russo Ferrari Esposito Bianchi Romano Colombo Ricci Marino Greco Bruno Gallo Conti De_Luca Mancini Costa Giordano Rizzo Lombardi Moretti Barbieri Fontana Santoro Mariani Rinaldi Caruso Ferrara Galli Martini Leone Longo Gentile Martinelli Vitale Lombardo Serra Coppola De_Santis Marchetti',
  ),
  nordic: [
    ...words(
      'Andersson Johansson Karlsson Nilsson Eriksson Lindqvist Hansen Johansen Olsen Larsen Pedersen Nielsen Jensen Christensen Sørensen Korhonen Virtanen Mäkinen Nieminen Hämäläinen Åkesson Öberg Bjørnstad Ødegård',
    ),
    ...combine(
      words('Alm Berg Blom Dahl Ek Lind Lund Lövs Ny Sand Sjö Sten Strand Söder Vik Åker Öster'),
      words('berg dahl gren holm kvist lund man mark strand ström'),
    ),
  ],
  dutch: words(
    "de_Jong Jansen de_Vries van_den_Berg van_Dijk Bakker Janssen Visser Smit Meijer de_Boer Mulder de_Groot Bos Vos Peters Hendriks van_Leeuwen Dekker Brouwer de_Wit Dijkstra Smits de_Graaf van_der_Meer van_'t_Hof",
  ),
  polish: combine(
    words(
      'Adam Bart Borow Dąbr Domań Grab Jabłoń Jan Kaczor Kamiń Koral Kowal Krak Lewandow Maj Malin Nowak Ostrow Pawłow Piotr Rutk Sikor Sokoł Szymań Tom Wiśniew Wójt Zając Zieliń Żuraw',
    ),
    words('ski owski ewicz ik czyk'),
  ),
  indian:
    words(`Patel Sharma Singh Kumar Gupta Reddy Rao Nair Iyer Menon Joshi Desai Shah Mehta Kapoor Malhotra Chopra Bose Banerjee Mukherjee Chatterjee Das Ghosh Sen Verma Mishra
    Pandey Trivedi Kulkarni Deshpande Krishnamurthy Subramanian Venkataraman Pillai Agarwal Khan Ansari Qureshi Sinha Bhattacharya`),
  japanese: combine(
    words('Ao Fuji Hara Hashi Hira Ishi Ito Kawa Kita Mae Matsu Miya Mori Naka Nishi Ogi Oka Saka Shima Sugi Taka Take Tani Ueno Yama Yoshi'),
    words('da guchi hara kawa moto mura no saki shita ta yama zawa'),
  ),
  chinese: words(
    'Wang Li Zhang Liu Chen Yang Huang Zhao Wu Zhou Xu Sun Ma Zhu Hu Guo He Lin Gao Luo Zheng Liang Xie Song Tang Deng Feng Han Cao Zeng Peng Xiao Cai Pan Tian Dong Yuan Jiang Ye Shen',
  ),
  korean: words('Kim Lee Park Choi Jung Kang Cho Yoon Jang Lim Han Oh Seo Shin Kwon Hwang Ahn Song Yoo Hong'),
  arabic: words(
    'Haddad Khoury Mansour Nasser Saleh Hamdan Aziz Farouk El-Sayed Al-Rashid Ben_Ali Bouazizi Rahman Qasim Saad Darwish Fahmy Shaheen Awad Najjar Benali Tazi',
  ),
  african: words(
    'Okafor Mensah Adeyemi Nwosu Owusu Dlamini Nkosi Moyo Eze Okonkwo Boateng Asante Abiola Chukwu Balogun Mokoena Ndlovu Diallo Traoré Keïta Mwangi Otieno Wanjiru Kamau Achieng',
  ),
  turkish: words('Yılmaz Kaya Demir Şahin Çelik Yıldız Aydın Öztürk Arslan Doğan Kılıç Aslan Çetin Kara Koç Kurt Özdemir Şimşek Erdoğan Güneş'),
  slavic:
    words(`Ivanov Petrov Novák Svoboda Dvořák Černý Procházka Kučera Horváth Kovács Szabó Nagy Tóth Popović Jovanović Nikolić Petrović Horvat Kovačević Novak Zupančič Kováč Shevchenko
    Kovalenko Bondarenko Melnyk Popescu Ionescu Georgiev Dimitrov Řezníček Škoda`),
  vietnamese: words('Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý'),
}
