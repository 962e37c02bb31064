import { words } from './words.ts'

/** Given names by culture; a country draws from several. */
export const firstNames = {
  english: words(`James Mary Robert Patricia John Jennifer Michael Linda David Elizabeth William Barbara Richard Susan Joseph Jessica Thomas Sarah Charles Karen
    Christopher Lisa Daniel Nancy Matthew Betty Anthony Sandra Mark Margaret Donald Ashley Steven Kimberly Andrew Emily Paul Donna Joshua Michelle Kenneth Carol
    Kevin Amanda Brian Melissa George Deborah Timothy Stephanie Ronald Rebecca Edward Sharon Jason Laura Jeffrey Cynthia Ryan Dorothy Jacob Amy Nicholas Kathleen
    Gary Angela Eric Shirley Jonathan Emma Stephen Brenda Larry Pamela Justin Nicole Scott Anna Brandon Samantha Benjamin Katherine Samuel Christine Gregory Helen
    Alexander Debra Patrick Rachel Frank Carolyn Raymond Janet Jack Maria Dennis Heather Jerry Diane Tyler Olivia Aaron Julie Jose Joyce Adam Victoria Nathan Ruth
    Henry Virginia Zachary Lauren Douglas Kelly Peter Christina Kyle Joan Noah Evelyn Ethan Judith Jeremy Andrea Christian Hannah Walter Megan Keith Cheryl Austin
    Jacqueline Roger Martha Terry Madison Sean Teresa Gerald Gloria Carl Sara Harold Janice Dylan Ann Arthur Abigail Lawrence Jordan Grace Jesse Denise Bryan Rose
    Owen Harriet Callum Imogen Rupert Florence Alistair Fiona Graham Gemma Nigel Poppy Hamish Isla Ewan Freya Rhys Carys Gareth Sian`),
  irish: words('Seán Aoife Ciarán Siobhán Pádraig Niamh Conor Gráinne Eoin Róisín Declan Orla Fionn Caoimhe Brendan Deirdre Cormac Sinéad Tadhg Maeve'),
  german:
    words(`Lukas Anna Jonas Lena Felix Julia Maximilian Laura Paul Lea Leon Sophie Tim Marie Jan Katharina Stefan Sabine Jürgen Petra Björn Heike Günther Ursula
    Matthias Claudia Tobias Silke Florian Anke Sören Birgit Dirk Jörg Käthe Markus Monika Sebastian Vera Uwe Ingrid Hannes Annika Moritz Elke`),
  french:
    words(`Camille Léa Hugo Chloé Louis Manon Jules Inès Arthur Zoé Étienne Élodie François Hélène Jérôme Céline Benoît Aurélie Rémi Mathilde Thibault Noémie
    Gaëlle Loïc Maëlle Olivier Sandrine Didier Véronique Guillaume Amélie Yves Océane`),
  spanish:
    words(`María José Lucía Carlos Sofía Javier Carmen Miguel Paula Diego Marta Alejandro Elena Pablo Rocío Sergio Inés Álvaro Pilar Rafael Begoña Andrés Nuria
    Iñigo Guadalupe Joaquín Ximena Mateo Valentina Santiago Camila Emiliano Renata Héctor Itzel`),
  portuguese: words(
    'João Ana Pedro Beatriz Tiago Mariana Rui Inês Gonçalo Catarina Luís Fernanda Rafael Juliana Thiago Larissa Caetano Conceição Vinícius Isabela Otávio Letícia',
  ),
  italian: words(
    'Marco Giulia Luca Francesca Matteo Chiara Alessandro Sara Davide Martina Lorenzo Elisa Niccolò Federica Giovanni Paola Simone Valentina Riccardo Silvia Enzo Bianca',
  ),
  nordic: words(
    'Erik Astrid Lars Ingrid Søren Freja Håkon Sigrid Åsa Björn Linnéa Magnus Kirsten Jörgen Signe Mikkel Solveig Aino Eero Päivi Jukka Tuomas Bjørg Øyvind',
  ),
  dutch: words('Daan Sanne Bram Fleur Thijs Lotte Joost Femke Ruben Anouk Maarten Marieke Sander Ilse Pieter Noor Wouter Roos Jeroen Hanneke'),
  polish: words(
    'Łukasz Agnieszka Paweł Małgorzata Michał Zofia Krzysztof Żaneta Tomasz Ewa Wojciech Kinga Grzegorz Katarzyna Stanisław Iwona Rafał Beata Jerzy Święta Mirosław Danuta',
  ),
  indian:
    words(`Aarav Priya Rohan Ananya Arjun Kavya Vikram Deepa Sanjay Meera Rahul Neha Amit Pooja Suresh Lakshmi Karthik Divya Nikhil Shreya Manish Sunita Rajesh Aditi
    Harish Nandini Gaurav Ishita Varun Swati Farhan Zainab`),
  japanese: words(
    'Haruto Yui Ren Aoi Sota Hina Yuto Sakura Kaito Rin Takumi Misaki Daichi Nanami Kenta Ayaka Hiroshi Keiko Satoshi Yumiko Shun Emi Ryota Chihiro',
  ),
  chinese: words('Wei Fang Jian Li Ming Xiu Jun Mei Hao Yan Lei Jing Qiang Ying Bo Na Tao Xin Yu Lan Zhen Hui Chen Lin Peng Qing'),
  korean: words('Min-jun Seo-yeon Ji-hoon Ha-eun Dong-hyun Soo-jin Sung-min Ji-woo Hyun-woo Eun-ji Tae-yang Yu-na Joon-ho Mi-kyung'),
  arabic: words('Omar Fatima Ahmed Layla Khalid Noor Youssef Amina Hassan Salma Tariq Rania Karim Hala Samir Dina Nabil Yasmin Ziad Mariam'),
  african: words('Chidi Amara Kwame Abena Tunde Ngozi Kofi Efua Sipho Thandiwe Emeka Adaeze Babajide Folake Jabari Zuri Tendai Rudo Mandla Nomvula'),
  turkish: words('Emre Elif Mehmet Zeynep Çağlar Ayşe Murat Gül Şebnem Onur Özge Kerem İpek Tolga Defne Barış Özlem Volkan'),
  slavic: words(
    'Ivan Olga Dmitri Natalia Nikola Milica Jiří Tereza Ondřej Zdeňka Marko Jelena Štěpán Hana Bogdan Oksana Vlado Ljiljana Andrej Věra Matej Ágnes László Zsófia István Réka',
  ),
  vietnamese: words('Minh Linh Anh Hương Tuấn Thảo Đức Mai Long Ngọc Hải Trang Quân Phương Dũng Ánh'),
} as const satisfies Record<string, readonly string[]>

export type Culture = keyof typeof firstNames
